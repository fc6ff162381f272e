import { createStore } from "zustand/vanilla";
import { isFramed } from "./framed.ts";

interface Kept extends Pick<Storage, "getItem" | "setItem" | "removeItem"> {
  keys(): readonly string[];
}

/**
 * Whether the browser keeps what the page gives it. `blocked`: it refuses to keep anything, as where site data is blocked. `full`: it
 * did not take the last of it. Then the page goes on with what it has in memory, which ends with the visit.
 */
export type StorageHealth = "kept" | "blocked" | "full";

export const storageStore = createStore<{ readonly health: StorageHealth }>(() => ({ health: "kept" }));

/**
 * Where the page keeps what outlasts a visit, and the only way there: it never throws. A guest in another page keeps nothing and finds
 * nothing: it has its own until it is closed.
 */
export const browserStorage = (): Kept => (isFramed ? ofThisVisit : ofThisBrowser);

/** What is kept in memory: everything of a guest, and what the browser did not take. */
const memory = new Map<string, string>();
const ofThisVisit: Kept = {
  getItem: (key) => memory.get(key) ?? null,
  setItem: (key, value) => void memory.set(key, value),
  removeItem: (key) => void memory.delete(key),
  keys: () => [...memory.keys()],
};

const ofThisBrowser: Kept = {
  getItem(key) {
    const own = memory.get(key);
    if (own !== undefined) return own;
    try {
      return localStorage.getItem(key);
    } catch {
      report("blocked");
      return null;
    }
  },
  setItem(key, value) {
    try {
      localStorage.setItem(key, value);
      memory.delete(key);
      if (memory.size === 0) report("kept");
    } catch {
      memory.set(key, value);
      report(isThere() ? "full" : "blocked");
    }
  },
  removeItem(key) {
    memory.delete(key);
    try {
      localStorage.removeItem(key);
    } catch {
      report("blocked");
    }
  },
  keys() {
    try {
      return [...new Set([...memory.keys(), ...Object.keys(localStorage)])];
    } catch {
      report("blocked");
      return [...memory.keys()];
    }
  },
};

/** Whether a value that was just given to storage was taken. */
export const isKept = (key: string): boolean => isFramed || !memory.has(key);

function isThere(): boolean {
  try {
    localStorage.getItem("");
    return true;
  } catch {
    return false;
  }
}

function report(health: StorageHealth): void {
  if (storageStore.getState().health !== health) storageStore.setState({ health });
}
