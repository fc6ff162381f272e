/** What of a keyboard event says which key it is. */
interface Pressed {
  readonly key: string;
  readonly code: string;
}

/** Whether an input method takes the key, to put a character together or to choose one. */
export const isComposing = (event: { readonly isComposing: boolean; readonly keyCode: number }): boolean =>
  // Safari ends the composition before it tells of the key that ended it: only the old number says so.
  event.isComposing || event.keyCode === 229;

/**
 * Keeps the keys that an input method takes from all that listens in the page: Enter chooses a candidate then, and commits nothing;
 * Escape takes it back, and closes nothing. The code editor has its own way with them. Returns what stops that.
 */
export function guardComposition(): () => void {
  const guard = (event: KeyboardEvent): void => {
    if (!isComposing(event)) return;
    if (event.target instanceof Element && event.target.closest(".cm-editor")) return;
    event.stopImmediatePropagation();
    // After its composition, Safari would submit the form.
    if (!event.isComposing && event.code === "Enter") event.preventDefault();
  };
  return listenFirst("keydown", guard);
}

/** The letter that a key has on a Latin layout, where the layout in use has letters of another script; otherwise the key. */
export function latinKey({ key, code }: Pressed): string {
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  const foreign = /^\p{L}$/u.test(key) && !/^\p{Script=Latin}$/u.test(key);
  if (letter === undefined || !foreign) return key;
  return key === key.toLowerCase() ? letter.toLowerCase() : letter;
}

/** A shortcut as it is written, such as `$mod+z`, with the place of its letter on the keyboard, such as `$mod+KeyZ`. */
export const byPlace = (keys: string): string | null =>
  /(?:^|\+)[a-z]$/i.test(keys) ? `${keys.slice(0, -1)}Key${keys.slice(-1).toUpperCase()}` : null;

/** Has the platform's use for Space. A link has none. */
const PRESSED_BY_SPACE =
  "button, summary, select, input[type=checkbox], input[type=radio], input[type=file], [role=button], [role=switch], [role=checkbox], [role=radio], [role=tab], [role=grid], [role=option], [role=treeitem]";
/** Takes every character. */
const TAKES_TEXT =
  "input:not([type=checkbox], [type=radio], [type=range], [type=file]), textarea, [contenteditable], [role=dialog], [role=alertdialog], [role=menu]";

/**
 * Calls back for Space wherever the focus is: where a click has left it, a press of Space is meant for the page. It stays with what
 * takes text, and with what the keyboard has come to and Space presses. Returns what stops that.
 */
export function onSpace(run: () => void): () => void {
  let cameByKeyboard = false;
  let pointed = false;
  let taken = false;
  // Where keys were in use before, browsers show the focus that a click moves, too.
  const pointerDown = (): void => {
    pointed = true;
    cameByKeyboard = false;
  };
  const focused = ({ target }: FocusEvent): void => {
    cameByKeyboard = !pointed && target instanceof Element && target.matches(":focus-visible");
  };
  const pressed = (event: KeyboardEvent): void => {
    pointed = false;
    if (event.key !== " " || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const target = event.target instanceof Element ? event.target : document.body;
    if (target.closest(TAKES_TEXT) || (cameByKeyboard && target.closest(PRESSED_BY_SPACE))) return;
    taken = true;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!event.repeat) run();
  };
  // Firefox presses a button when the key goes up.
  const released = (event: KeyboardEvent): void => {
    if (event.key !== " " || !taken) return;
    taken = false;
    event.preventDefault();
  };
  const stops = [
    listenFirst("pointerdown", pointerDown),
    listenFirst("focusin", focused),
    listenFirst("keydown", pressed),
    listenFirst("keyup", released),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** Listens before anything else in the page does. */
function listenFirst<Type extends "keydown" | "keyup" | "focusin" | "pointerdown">(
  type: Type,
  listener: (event: WindowEventMap[Type]) => void,
): () => void {
  window.addEventListener(type, listener, { capture: true });
  return () => window.removeEventListener(type, listener, { capture: true });
}
