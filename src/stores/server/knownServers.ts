import { rememberedSet } from "../page/rememberedSet.ts";

/**
 * Servers that a person connected to by their own choice, in the dialog or when asked. An address with `?server=` may name these without
 * a question; any other could be anybody's.
 */
const known = rememberedSet("roundtrip.knownServers", 50);

export const isKnownServer = (url: string): boolean => known.has(url);

export const rememberServer = (url: string): void => known.add(url);
