import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** A handler's code by a hash that nobody can find a second code for: SHA-256, in hexadecimal. */
export const sourceHash = (source: string): string => bytesToHex(sha256(utf8ToBytes(source)));
