import { rememberedSet } from "../page/rememberedSet.ts";
import { sourceHash } from "./sourceHash.ts";

/**
 * Which code may run in this browser: what was written here, and what came from a link or a file and was agreed to after it was
 * shown. Kept apart from setups, which come from anywhere, and by a hash that nobody can find a second code for.
 */
const agreed = rememberedSet("roundtrip.agreedHandlers", 1000);

export const isAgreed = (source: string): boolean => agreed.has(sourceHash(source));

export const agreeTo = (source: string): void => agreed.add(sourceHash(source));
