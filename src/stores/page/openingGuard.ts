import { browserStorage } from "./browserStorage.ts";

/**
 * Notes that a setup is being opened, until the page has come through it. A visit that ended before, because the page was out of
 * memory or stood still until it was closed, leaves its note: then its setup is not opened unasked, which would end the same way
 * again and again. Each visit has a note of its own: tabs see late what others write, and would put back what is gone.
 */
const KEY = "roundtrip.opening.";

/** A page that is still at it after so long stands still. Several may be opened at once, in as many tabs. */
const LONG_MS = 20_000;
/** A page that answers after so long has come through. */
const SETTLED_MS = 4000;
/** What another tab does right now, such as being left, is seen after so long; it is looked for so many times. */
const SEEN_MS = 250;
const LOOKS = 3;

/** Whether an earlier visit did not come through opening its setup. Its note is gone then. */
export async function lastOpeningFailed(now: number): Promise<boolean> {
  let failed = await failedVisits(now);
  for (let look = 1; failed.length > 0 && look < LOOKS; look++) {
    await new Promise((resolve) => setTimeout(resolve, SEEN_MS));
    const still = await failedVisits(now);
    failed = failed.filter((visit) => still.includes(visit));
  }
  for (const visit of failed) browserStorage().removeItem(KEY + visit);
  return failed.length > 0;
}

/** The visits that have a note, and whose page is not there any more, or is at it for too long. */
async function failedVisits(now: number): Promise<readonly string[]> {
  const notes = browserStorage()
    .keys()
    .filter((key) => key.startsWith(KEY))
    .map((key) => [key.slice(KEY.length), Number(browserStorage().getItem(key))] as const);
  if (notes.length === 0) return [];
  const there = await visitsThere();
  return notes
    .filter(([visit, at]) => {
      const isLong = Math.abs(now - at) > LONG_MS;
      // Where nobody knows which tabs are alive, one that was opened just now is given the benefit of the doubt.
      return isLong || (there !== null && !there.has(visit));
    })
    .map(([visit]) => visit);
}

/** Notes that this visit opens a setup. Takes the note away when the page has come through, or is left in good order. */
export function noteOpening(now: number): void {
  const visit = crypto.getRandomValues(new Uint32Array(2)).join("-");
  let release = (): void => {};
  // The lock ends with the page, however that ends.
  locks()
    ?.request(
      lockOf(visit),
      () =>
        new Promise<void>((resolve) => {
          release = resolve;
        }),
    )
    .catch(() => {}); // Site data is blocked.
  browserStorage().setItem(KEY + visit, String(now));
  const done = (): void => {
    clearTimeout(timer);
    window.removeEventListener("pagehide", done);
    document.removeEventListener("visibilitychange", doneWhereHidden);
    browserStorage().removeItem(KEY + visit);
    release();
  };
  let answered = false;
  // A tab in the background draws nothing until somebody looks.
  const doneWhereHidden = (): void => {
    if (answered && document.hidden) done();
  };
  const timer = setTimeout(() => {
    answered = true;
    if (document.hidden) done();
    else requestAnimationFrame(done);
  }, SETTLED_MS);
  window.addEventListener("pagehide", done);
  document.addEventListener("visibilitychange", doneWhereHidden);
}

const lockOf = (visit: string): string => KEY + visit;

/** Only in a page that was served securely. */
const locks = (): LockManager | undefined => (navigator as { readonly locks?: LockManager }).locks; // the type says always

/** The visits whose page is there; null where that is not to be known. */
async function visitsThere(): Promise<ReadonlySet<string> | null> {
  const manager = locks();
  if (!manager) return null;
  try {
    const { held = [], pending = [] } = await manager.query();
    return new Set([...held, ...pending].map(({ name = "" }) => name.slice(KEY.length)));
  } catch {
    return null; // Site data is blocked.
  }
}
