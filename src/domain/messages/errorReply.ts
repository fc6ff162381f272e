import type { TextPlaces } from "../events/batch.ts";

/**
 * Whether a reply says that it is an error: it carries the header `Nats-Service-Error-Code`, as NATS services do, or it is
 * a JSON object with a member `error` that is neither null nor false. A tap asks this of every reply, so it reads bytes
 * once, without decoding or parsing. What only resembles JSON (braces that do not close) is no error; an `error` spelled
 * with escapes (`"\u0065rror"`) is not recognised.
 */
export function isErrorReply(headers: Uint8Array, payload: Uint8Array): boolean {
  return hasErrorHeader(headers, 0, headers.length) || hasErrorMember(payload, 0, payload.length);
}

/** The same of a reply that lies in a longer array. */
export function isErrorMessage({
  bytes,
  headersStart,
  headersEnd,
  payloadStart,
  payloadEnd,
}: Omit<TextPlaces, "subjectStart" | "subjectEnd" | "replyStart" | "replyEnd">): boolean {
  return hasErrorHeader(bytes, headersStart, headersEnd) || hasErrorMember(bytes, payloadStart, payloadEnd);
}

const codes = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const HEADER = codes("nats-service-error-code:");
const ERROR = codes("error");

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const COMMA = 0x2c;
const LF = 0x0a;

/** Names of headers are compared without regard to capitals, as NATS clients do. */
function hasErrorHeader(headers: Uint8Array, start: number, end: number): boolean {
  const last = end - HEADER.length;
  for (let index = start; index < last; index++) {
    if (headers[index] !== LF) continue;
    let same = 0;
    while (same < HEADER.length && lower(headers[index + 1 + same] ?? 0) === HEADER[same]) same++;
    if (same === HEADER.length) return true;
  }
  return false;
}

const lower = (byte: number): number => (byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte);

function hasErrorMember(payload: Uint8Array, start: number, end: number): boolean {
  let index = skipBlanks(payload, start, end);
  if (index < end && payload[index] !== 0x7b) return false; // {
  let depth = 0;
  let found = false;
  // A string directly after `{` or `,` at depth 1 is the name of a member.
  let nameNext = false;
  while (index < end) {
    const byte = payload[index] ?? 0;
    if (byte === QUOTE) {
      const closing = stringEnd(payload, index + 1, end);
      if (closing === -1) return false;
      if (nameNext && depth === 1 && isError(payload, index + 1, closing)) {
        const colon = skipBlanks(payload, closing + 1, end);
        const value = payload[skipBlanks(payload, colon + 1, end)];
        // The last of several members with one name counts, as in JSON.parse. n and f begin null and false.
        if (payload[colon] === COLON) found = value !== 0x6e && value !== 0x66;
      }
      nameNext = false;
      index = closing + 1;
      continue;
    }
    if (byte === 0x7b || byte === 0x5b) {
      depth++;
      nameNext = byte === 0x7b;
    } else if (byte === 0x7d || byte === 0x5d) {
      depth--;
      if (depth === 0) return found && skipBlanks(payload, index + 1, end) === end;
    } else if (byte === COMMA) {
      nameNext = depth === 1;
    }
    index++;
  }
  return false;
}

function isError(payload: Uint8Array, start: number, end: number): boolean {
  if (end - start !== ERROR.length) return false;
  for (let index = 0; index < ERROR.length; index++)
    if (payload[start + index] !== ERROR[index]) return false;
  return true;
}

/** Where the string that began before `from` closes, −1 for never. */
function stringEnd(payload: Uint8Array, from: number, end: number): number {
  for (let index = from; index < end; index++) {
    const byte = payload[index];
    if (byte === QUOTE) return index;
    if (byte === BACKSLASH) index++;
  }
  return -1;
}

function skipBlanks(payload: Uint8Array, from: number, end: number): number {
  let index = from;
  while (index < end) {
    const byte = payload[index] ?? 0;
    if (byte !== 0x20 && byte !== LF && byte !== 0x0d && byte !== 0x09) break;
    index++;
  }
  return index;
}
