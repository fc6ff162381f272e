import { browserStorage } from "../page/browserStorage.ts";

/**
 * Servers that a person connected to by their own choice, in the dialog or when asked. An address with `?server=` may name these without
 * a question; any other could be anybody's.
 */
const KEY = "roundtrip.knownServers";
const MOST_KEPT = 50;

/** Newest last. */
const known = new Set<string>(kept());

export const isKnownServer = (url: string): boolean => known.has(url);

export function rememberServer(url: string): void {
  known.delete(url);
  known.add(url);
  browserStorage().setItem(KEY, JSON.stringify([...known].slice(-MOST_KEPT)));
}

function kept(): string[] {
  try {
    const found: unknown = JSON.parse(browserStorage().getItem(KEY) ?? "[]");
    return Array.isArray(found) ? found.filter((each) => typeof each === "string") : [];
  } catch {
    return [];
  }
}
