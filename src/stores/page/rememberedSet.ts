import { browserStorage } from "./browserStorage.ts";

export interface RememberedSet {
  has(item: string): boolean;
  /** Makes it the newest. */
  add(item: string): void;
}

/** Texts that this browser remembers across visits under a key: the newest `most` of them. */
export function rememberedSet(key: string, most: number): RememberedSet {
  /** Newest last. */
  const items = new Set(storedTexts(key));
  return {
    has: (item) => items.has(item),
    add(item) {
      items.delete(item);
      items.add(item);
      browserStorage().setItem(key, JSON.stringify([...items].slice(-most)));
    },
  };
}

function storedTexts(key: string): string[] {
  try {
    const found: unknown = JSON.parse(browserStorage().getItem(key) ?? "[]");
    return Array.isArray(found) ? found.filter((each) => typeof each === "string") : [];
  } catch {
    return [];
  }
}
