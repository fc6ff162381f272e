import { isGuest } from "./guest.ts";

type Kept = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** Where the page keeps what outlasts a visit. A guest in another page keeps nothing and finds nothing: it has its own until it is closed. */
export const browserStorage = (): Kept => (isGuest ? ofThisVisit : localStorage);

const kept = new Map<string, string>();
const ofThisVisit: Kept = {
  getItem: (key) => kept.get(key) ?? null,
  setItem: (key, value) => void kept.set(key, value),
  removeItem: (key) => void kept.delete(key),
};
