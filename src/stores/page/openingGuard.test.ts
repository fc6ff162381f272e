import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { lastOpeningFailed, noteOpening } from "./openingGuard.ts";

const kept = new Map<string, string>();
let pageEvents: EventTarget;
let pageOf: EventTarget & { hidden: boolean };
const storageOf = (entries: Map<string, string>): Storage =>
  new Proxy({} as Storage, {
    get: (_, name) =>
      ({
        getItem: (key: string) => entries.get(key) ?? null,
        setItem: (key: string, text: string) => void entries.set(key, text),
        removeItem: (key: string) => void entries.delete(key),
      })[String(name)],
    ownKeys: () => [...entries.keys()],
    getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
  });
/** What is found, however often it is looked for. */
async function failedAt(now: number): Promise<boolean> {
  const found = lastOpeningFailed(now);
  await vi.advanceTimersByTimeAsync(2000);
  return found;
}
/** The pages that are there, by the locks they hold. */
const held = new Set<string>();

beforeEach(() => {
  vi.useFakeTimers();
  pageEvents = new EventTarget();
  vi.stubGlobal("window", pageEvents);
  vi.stubGlobal("requestAnimationFrame", (next: () => void) => next());
  pageOf = Object.assign(new EventTarget(), { hidden: false });
  vi.stubGlobal("document", pageOf);
  vi.stubGlobal("localStorage", storageOf(kept));
  vi.stubGlobal("navigator", {
    locks: {
      request: async (name: string, hold: () => Promise<void>) => {
        held.add(name);
        await hold();
        held.delete(name);
      },
      query: async () => ({ held: [...held].map((name) => ({ name })) }),
    },
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  kept.clear();
  held.clear();
});

test("a visit that came through, or was left in good order, leaves nothing behind", async () => {
  noteOpening(1000);
  vi.advanceTimersByTime(4000);
  noteOpening(6000);
  pageEvents.dispatchEvent(new Event("pagehide"));
  expect(kept.size).toBe(0);
  expect(await failedAt(7000)).toBe(false);
});

test("a visit that ended while it opened its setup is known at the next one, and only there", async () => {
  noteOpening(1000);
  held.clear(); // The page is gone, and nothing of it ran any more.
  expect(await failedAt(2000)).toBe(true);
  expect(await failedAt(2000)).toBe(false);
});

test("another tab that is opening its setup right now has not failed; one that is at it for long has", async () => {
  noteOpening(1000);
  expect(await failedAt(5000)).toBe(false);
  expect(await failedAt(30_000)).toBe(true);
});

test("without locks, as on a page that was not served securely, only what was long ago counts", async () => {
  vi.stubGlobal("navigator", {});
  noteOpening(1000);
  expect(await failedAt(5000)).toBe(false);
  expect(await failedAt(30_000)).toBe(true);
});

test("a tab in the background, which draws nothing, has not failed", async () => {
  pageOf.hidden = true;
  vi.stubGlobal("requestAnimationFrame", () => {});
  noteOpening(1000);
  vi.advanceTimersByTime(4000);
  expect(await failedAt(60_000)).toBe(false);
});

test("nor has one that went there before it drew", async () => {
  vi.stubGlobal("requestAnimationFrame", () => {});
  noteOpening(1000);
  vi.advanceTimersByTime(4000);
  pageOf.hidden = true;
  pageOf.dispatchEvent(new Event("visibilitychange"));
  expect(await failedAt(60_000)).toBe(false);
});

test("another tab that is left at this moment, or has only begun, has not failed", async () => {
  noteOpening(1000);
  held.clear();
  const found = lastOpeningFailed(2000);
  await vi.advanceTimersByTimeAsync(100);
  kept.clear(); // What it took away is seen here only now.
  await vi.advanceTimersByTimeAsync(2000);
  expect(await found).toBe(false);

  noteOpening(3000);
  const [name = ""] = held;
  held.clear(); // Its lock is not seen yet.
  const next = lastOpeningFailed(3001);
  await vi.advanceTimersByTimeAsync(100);
  held.add(name);
  await vi.advanceTimersByTimeAsync(2000);
  expect(await next).toBe(false);
});

test("tabs that see late what others write do not put back what is gone", async () => {
  noteOpening(1000);
  const seenByOther = new Map(kept);
  vi.advanceTimersByTime(4000);
  expect(kept.size).toBe(0);
  // The other tab still sees the note of this one, and comes through itself.
  vi.stubGlobal("localStorage", storageOf(seenByOther));
  const before = new Set(seenByOther.keys());
  noteOpening(5000);
  vi.advanceTimersByTime(4000);
  expect(new Set(seenByOther.keys())).toEqual(before);
});

test("whatever stands in storage is no reason to throw", async () => {
  for (const text of ["", "null", "[1]", "{", '{"a":"b"}', "7"]) {
    kept.set("roundtrip.opening.1-2", text);
    expect(await failedAt(1000)).toBe(true);
    expect(kept.size).toBe(0);
  }
});
