import { browserStorage } from "./browserStorage.ts";

/**
 * Notes that a setup is being opened, until the page has come through it. A visit that ended before, because the page was out of
 * memory or stood still until it was closed, leaves its note: then its setup is not opened unasked, which would end the same way
 * again and again.
 */
const KEY = "roundtrip.opening";

/** A page that is still at it after so long stands still. Several may be opened at once, in as many tabs. */
const LONG_MS = 20_000;
/** A page that answers after so long has come through. */
const SETTLED_MS = 4000;

interface Notes {
  readonly [visit: string]: number;
}

/** Whether an earlier visit did not come through opening its setup. Its note is gone then. */
export async function lastOpeningFailed(now: number): Promise<boolean> {
  const notes = read();
  const held = await heldVisits();
  const failed = Object.entries(notes).filter(([visit, at]) => !held?.has(visit) || now - at > LONG_MS);
  // Where nobody knows which tabs are alive, one that was opened just now is given the benefit of the doubt.
  const sure = held === null ? failed.filter(([, at]) => Math.abs(now - at) > LONG_MS) : failed;
  if (sure.length === 0) return false;
  write(
    Object.fromEntries(Object.entries(notes).filter(([visit]) => !sure.some(([each]) => each === visit))),
  );
  return true;
}

/** Notes that this visit opens a setup. Takes the note away when the page has come through, or is left in good order. */
export function noteOpening(now: number): void {
  const visit = crypto.getRandomValues(new Uint32Array(2)).join("-");
  write({ ...read(), [visit]: now });
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
  const done = (): void => {
    clearTimeout(timer);
    window.removeEventListener("pagehide", done);
    const { [visit]: _, ...others } = read();
    write(others);
    release();
  };
  const timer = setTimeout(() => requestAnimationFrame(() => done()), SETTLED_MS);
  window.addEventListener("pagehide", done);
}

const lockOf = (visit: string): string => `${KEY}.${visit}`;

/** Only in a page that was served securely. */
const locks = (): LockManager | undefined => (navigator as { readonly locks?: LockManager }).locks; // the type says always

/** The visits whose page is there; null where that is not to be known. */
async function heldVisits(): Promise<ReadonlySet<string> | null> {
  const manager = locks();
  if (!manager) return null;
  try {
    const { held = [] } = await manager.query();
    return new Set(held.map(({ name = "" }) => name.slice(KEY.length + 1)));
  } catch {
    return null; // Site data is blocked.
  }
}

function read(): Notes {
  try {
    const found: unknown = JSON.parse(browserStorage().getItem(KEY) ?? "{}");
    if (typeof found !== "object" || found === null || Array.isArray(found)) return {};
    return Object.fromEntries(Object.entries(found).filter(([, at]) => typeof at === "number"));
  } catch {
    return {};
  }
}

function write(notes: Notes): void {
  if (Object.keys(notes).length === 0) browserStorage().removeItem(KEY);
  else browserStorage().setItem(KEY, JSON.stringify(notes));
}
