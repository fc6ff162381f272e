import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { lastOpeningFailed, noteOpening } from "./openingGuard.ts";

const kept = new Map<string, string>();
let pageEvents: EventTarget;
/** The pages that are there, by the locks they hold. */
const held = new Set<string>();

beforeEach(() => {
  vi.useFakeTimers();
  pageEvents = new EventTarget();
  vi.stubGlobal("window", pageEvents);
  vi.stubGlobal("requestAnimationFrame", (next: () => void) => next());
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => void kept.set(key, text),
    removeItem: (key: string) => void kept.delete(key),
  });
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
  expect(await lastOpeningFailed(7000)).toBe(false);
});

test("a visit that ended while it opened its setup is known at the next one, and only there", async () => {
  noteOpening(1000);
  held.clear(); // The page is gone, and nothing of it ran any more.
  expect(await lastOpeningFailed(2000)).toBe(true);
  expect(await lastOpeningFailed(2000)).toBe(false);
});

test("another tab that is opening its setup right now has not failed; one that is at it for long has", async () => {
  noteOpening(1000);
  expect(await lastOpeningFailed(5000)).toBe(false);
  expect(await lastOpeningFailed(30_000)).toBe(true);
});

test("without locks, as on a page that was not served securely, only what was long ago counts", async () => {
  vi.stubGlobal("navigator", {});
  noteOpening(1000);
  expect(await lastOpeningFailed(5000)).toBe(false);
  expect(await lastOpeningFailed(30_000)).toBe(true);
});

test("whatever stands in storage is no reason to throw", async () => {
  for (const text of ["", "null", "[1]", "{", '{"a":"b"}', "7"]) {
    kept.set("roundtrip.opening", text);
    expect(await lastOpeningFailed(1000)).toBe(false);
  }
});
