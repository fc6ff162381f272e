import { decodeUtf8, encodeUtf8 } from "../base/utf8.ts";

/**
 * The header block of a NATS message: `NATS/1.0`, perhaps a status and its description, then `Name: value` lines, each
 * ended by CR LF, and an empty line at the end.
 */
export interface HeadersBlock {
  /** What the server says instead of a message, such as 503; null for a message. */
  readonly status: number | null;
  /** The words after the status, empty for none. */
  readonly description: string;
  /** In the order sent; a name may come more than once. */
  readonly headers: readonly Header[];
}

const VERSION = [..."NATS/1.0"].map((character) => character.charCodeAt(0));
const NONE: HeadersBlock = { status: null, description: "", headers: [] };
const SPACE = 0x20;
const CR = 0x0d;
const LF = 0x0a;

/** Reads a block as it crossed the wire. No bytes are no headers; null when it is not a header block at all. */
export function parseHeadersBlock(bytes: Uint8Array): HeadersBlock | null {
  if (bytes.length === 0) return NONE;
  if (!hasVersion(bytes)) return null;
  const lines = decodeUtf8(bytes).split("\r\n");
  const first = (lines[0] ?? "").slice(VERSION.length).trim();
  const status = /^(\d+)\s*(.*)$/s.exec(first);
  const headers: Header[] = [];
  for (const line of lines.slice(1)) {
    const colon = line.indexOf(":");
    // A line without a name is no header; a client that shows it would invent one.
    if (colon > 0) headers.push({ name: line.slice(0, colon), value: line.slice(colon + 1).trim() });
  }
  return { status: status ? Number(status[1]) : null, description: status?.[2] ?? first, headers };
}

/** The bytes of a block; none for no headers. What `checkHeaderName` and `checkHeaderValue` refuse must not come here. */
export function formatHeadersBlock(headers: readonly Header[]): Uint8Array {
  if (headers.length === 0) return new Uint8Array(0);
  const lines = headers.map(({ name, value }) => `${name}: ${value}\r\n`);
  return encodeUtf8(`NATS/1.0\r\n${lines.join("")}\r\n`);
}

/** Only the status of a block, 0 for none: for taps, which see every message. */
export function headersStatus(bytes: Uint8Array): number {
  if (!hasVersion(bytes)) return 0;
  let offset = VERSION.length;
  while (bytes[offset] === SPACE) offset++;
  let status = 0;
  for (; offset < bytes.length; offset++) {
    const digit = (bytes[offset] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) break;
    status = status * 10 + digit;
  }
  const next = bytes[offset];
  return next === SPACE || next === CR || next === LF || next === undefined ? status : 0;
}

function hasVersion(bytes: Uint8Array): boolean {
  if (bytes.length < VERSION.length) return false;
  for (let index = 0; index < VERSION.length; index++) if (bytes[index] !== VERSION[index]) return false;
  return true;
}

const LONGEST_NAME = 256;
const LONGEST_VALUE = 65_536;

/** What is wrong with a header's name, in words; null when nothing is. */
export function checkHeaderName(name: string): string | null {
  if (name === "") return "The header has no name: give one, such as Trace-Id";
  if (name.length > LONGEST_NAME)
    return `The header's name has ${name.length} characters: use at most ${LONGEST_NAME}.`;
  for (const character of name) {
    if (character > " " && character < "\u007f" && character !== ":") continue;
    const which = character === " " ? "a space" : character === ":" ? "a colon" : "a character outside ASCII";
    return `The header name "${name}" has ${which}: use letters, digits and dashes, such as Trace-Id`;
  }
  return null;
}

/** What is wrong with a header's value, in words; null when nothing is. */
export function checkHeaderValue(value: string): string | null {
  if (/[\r\n]/.test(value)) return "The header's value has a line break: write it on one line.";
  if (value.length > LONGEST_VALUE)
    return `The header's value has ${value.length} characters: use at most ${LONGEST_VALUE}.`;
  return null;
}

/** The header that asks each server (2.11 and newer) to report on what it does with a message, to the subject it names. */
export const TRACE_DESTINATION = "Nats-Trace-Dest";

export interface Header {
  readonly name: string;
  readonly value: string;
}
