import { afterEach, beforeEach, vi } from "vitest";

/** For tests: a browser's storage, as far as it is used, empty before each of them. */
export function stubStorage(): Map<string, string> {
  const kept = new Map<string, string>();
  beforeEach(() => {
    vi.stubGlobal("localStorage", {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, text: string) => void kept.set(key, text),
      removeItem: (key: string) => void kept.delete(key),
    });
  });
  afterEach(() => {
    kept.clear();
    vi.unstubAllGlobals();
  });
  return kept;
}
