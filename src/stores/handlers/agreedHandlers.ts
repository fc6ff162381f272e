import { browserStorage } from "../page/browserStorage.ts";
import { sourceHash } from "./sourceHash.ts";

/**
 * Which code may run in this browser: what was written here, and what came from a link or a file and was agreed to after it was
 * shown. Kept apart from setups, which come from anywhere, and by a hash that nobody can find a second code for.
 */
const KEY = "roundtrip.agreedHandlers";
const MOST_KEPT = 1000;

/** Oldest first. */
const agreed = new Set<string>(kept());

export const isAgreed = (source: string): boolean => agreed.has(sourceHash(source));

export function agreeTo(source: string): void {
  const hash = sourceHash(source);
  agreed.delete(hash);
  agreed.add(hash);
  browserStorage().setItem(KEY, JSON.stringify([...agreed].slice(-MOST_KEPT)));
}

function kept(): string[] {
  try {
    const found: unknown = JSON.parse(browserStorage().getItem(KEY) ?? "[]");
    return Array.isArray(found) ? found.filter((each) => typeof each === "string") : [];
  } catch {
    return [];
  }
}
