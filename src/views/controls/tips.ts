/** What the pointer has to rest on a button, in ms, before its tip is shown; the next one follows at once. */
const REST_MS = 400;
const AT_ONCE_WITHIN_MS = 300;

/**
 * Shows the tip of whatever the pointer rests on, or the keyboard has come to: the text of its `data-tip`. One tip for the page,
 * and what places it is fetched when the first is shown. Gives how to stop.
 */
export function startTips(): () => void {
  let target: Element | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let hide: (() => void) | null = null;
  let hiddenAt = -Infinity;

  function turnTo(next: Element | null, afterMs: number): void {
    if (next === target) return;
    clearTimeout(timer);
    if (hide) hiddenAt = performance.now();
    hide?.();
    hide = null;
    target = next;
    if (next === null) return;
    const wait = performance.now() - hiddenAt < AT_ONCE_WITHIN_MS ? 0 : afterMs;
    timer = setTimeout(() => void show(next), wait);
  }

  async function show(wanted: Element): Promise<void> {
    const { showTip } = await import("./showTip.ts");
    if (wanted === target && wanted.isConnected) hide = showTip(wanted);
  }

  const tipped = (of: EventTarget | null): Element | null =>
    of instanceof Element ? of.closest("[data-tip]") : null;
  const abort = new AbortController();
  const on = <Type extends keyof DocumentEventMap>(
    type: Type,
    listener: (event: DocumentEventMap[Type]) => void,
  ): void =>
    document.addEventListener(type, listener, { signal: abort.signal, capture: true, passive: true });

  on("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    // A tip can itself be pointed at, for those who read with the pointer.
    if (event.target instanceof Element && event.target.closest(".tooltip")) return;
    turnTo(tipped(event.target), REST_MS);
  });
  on("focusin", (event) => {
    const focused = tipped(event.target);
    if (focused?.matches(":focus-visible")) turnTo(focused, 0);
  });
  on("focusout", () => turnTo(null, 0));
  on("pointerdown", () => turnTo(null, 0));
  on("keydown", ({ key }) => {
    if (key === "Escape") turnTo(null, 0);
  });
  // What is there to be explained is explained when it is pressed, too: a finger cannot point.
  on("click", ({ target: pressed }) => {
    const tip = tipped(pressed);
    if (tip?.hasAttribute("data-tip-pressed")) turnTo(tip, 0);
  });
  // Only what moves the tip's target: lists scroll by themselves as traffic comes.
  on("scroll", ({ target: scrolled }) => {
    if (scrolled instanceof Node && scrolled.contains(target)) turnTo(null, 0);
  });
  return () => {
    abort.abort();
    turnTo(null, 0);
  };
}
