import type { Frame, Verb } from "./frame.ts";

/** What a control line says beyond what is put into the frame. */
export interface LineResult {
  /** Bytes of header block and payload that follow the line, their closing CR LF not counted; -1 for none. */
  bodyBytes: number;
  /** Of these, the header block. */
  headerBytes: number;
}

const SPACE = 0x20;
const TAB = 0x09;
const QUOTE = 0x27;

/** More arguments than any verb takes, so that one too many is noticed. */
const MOST_ARGUMENTS = 5;
const starts = new Int32Array(MOST_ARGUMENTS);
const ends = new Int32Array(MOST_ARGUMENTS);

/**
 * Reads the control line at `start` up to `end` (its line end excluded) into `frame` and `result`.
 * Returns null, or what is wrong with the line in words.
 */
export function readControlLine(
  bytes: Uint8Array,
  start: number,
  end: number,
  frame: Frame,
  result: LineResult,
): string | null {
  const verb = verbAt(bytes, start, end);
  if (verb === null) return "it starts with no verb of the NATS protocol";
  frame.verb = verb;
  frame.bytes = bytes;
  frame.subjectStart = frame.subjectEnd = 0;
  frame.replyStart = frame.replyEnd = 0;
  frame.headersStart = frame.headersEnd = 0;
  frame.payloadStart = frame.payloadEnd = 0;
  frame.sid = frame.max = frame.status = 0;
  result.bodyBytes = -1;
  result.headerBytes = 0;
  const from = start + verb.length;
  switch (verb) {
    case "PING":
    case "PONG":
    case "+OK":
      return null;
    case "INFO":
    case "CONNECT":
    case "-ERR":
      takeText(bytes, from, end, frame, verb === "-ERR");
      return null;
    case "SUB":
      return readSub(bytes, splitArguments(bytes, from, end), frame);
    case "UNSUB":
      return readUnsub(bytes, splitArguments(bytes, from, end), frame);
    case "PUB":
    case "HPUB":
      return readMessageLine(bytes, splitArguments(bytes, from, end), frame, result, verb === "HPUB", false);
    case "MSG":
    case "HMSG":
      return readMessageLine(bytes, splitArguments(bytes, from, end), frame, result, verb === "HMSG", true);
  }
}

/** PUB and MSG: `subject [sid] [reply] [header bytes] bytes`. */
function readMessageLine(
  bytes: Uint8Array,
  count: number,
  frame: Frame,
  result: LineResult,
  withHeaders: boolean,
  withSid: boolean,
): string | null {
  const least = 2 + (withSid ? 1 : 0) + (withHeaders ? 1 : 0);
  if (count !== least && count !== least + 1) return `it has ${count} arguments`;
  takeSubject(frame, 0);
  if (withSid) frame.sid = numberAt(bytes, 1);
  if (Number.isNaN(frame.sid)) return "the number of its subscription is none";
  if (count > least) takeReply(frame, withSid ? 2 : 1);
  const total = numberAt(bytes, count - 1);
  const headerBytes = withHeaders ? numberAt(bytes, count - 2) : 0;
  if (Number.isNaN(total) || Number.isNaN(headerBytes)) return "its sizes are not numbers";
  if (headerBytes > total) return "its headers are larger than the whole message";
  result.bodyBytes = total;
  result.headerBytes = headerBytes;
  return null;
}

/** `SUB subject [queue] sid`. */
function readSub(bytes: Uint8Array, count: number, frame: Frame): string | null {
  if (count !== 2 && count !== 3) return `it has ${count} arguments`;
  takeSubject(frame, 0);
  if (count === 3) takeReply(frame, 1);
  frame.sid = numberAt(bytes, count - 1);
  return null;
}

/** `UNSUB sid [max]`. */
function readUnsub(bytes: Uint8Array, count: number, frame: Frame): string | null {
  if (count !== 1 && count !== 2) return `it has ${count} arguments`;
  frame.sid = numberAt(bytes, 0);
  if (count === 2) frame.max = numberAt(bytes, 1);
  return Number.isNaN(frame.max) ? "its count is not a number" : null;
}

function takeSubject(frame: Frame, argument: number): void {
  frame.subjectStart = starts[argument] ?? 0;
  frame.subjectEnd = ends[argument] ?? 0;
}

function takeReply(frame: Frame, argument: number): void {
  frame.replyStart = starts[argument] ?? 0;
  frame.replyEnd = ends[argument] ?? 0;
}

/** The rest of the line, without the space around it and, where asked, without its quotes. */
function takeText(bytes: Uint8Array, from: number, end: number, frame: Frame, unquote: boolean): void {
  let first = from;
  let last = end;
  while (first < last && isBlank(bytes[first])) first++;
  while (last > first && isBlank(bytes[last - 1])) last--;
  if (unquote && last - first >= 2 && bytes[first] === QUOTE && bytes[last - 1] === QUOTE) {
    first++;
    last--;
  }
  frame.payloadStart = first;
  frame.payloadEnd = last;
}

/** Fills `starts` and `ends`. Returns how many arguments there are, at most one more than any verb takes. */
function splitArguments(bytes: Uint8Array, from: number, end: number): number {
  let count = 0;
  let offset = from;
  while (true) {
    while (offset < end && isBlank(bytes[offset])) offset++;
    if (offset >= end) return count;
    if (count === MOST_ARGUMENTS) return count + 1;
    starts[count] = offset;
    while (offset < end && !isBlank(bytes[offset])) offset++;
    ends[count] = offset;
    count++;
  }
}

const isBlank = (byte: number | undefined): boolean => byte === SPACE || byte === TAB;

/** A decimal number of at most 15 digits, so that it is exact; NaN for anything else. */
function numberAt(bytes: Uint8Array, argument: number): number {
  const start = starts[argument] ?? 0;
  const end = ends[argument] ?? 0;
  if (end === start || end - start > 15) return NaN;
  let value = 0;
  for (let index = start; index < end; index++) {
    const digit = (bytes[index] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) return NaN;
    value = value * 10 + digit;
  }
  return value;
}

/** The verb at `start`, in capitals or not. It ends where the line or its first word does. */
function verbAt(bytes: Uint8Array, start: number, end: number): Verb | null {
  const verb = candidate(bytes, start);
  if (verb === null || start + verb.length > end) return null;
  for (let index = 1; index < verb.length; index++) {
    if (upper(bytes[start + index] ?? 0) !== verb.charCodeAt(index)) return null;
  }
  const after = start + verb.length;
  return after === end || isBlank(bytes[after]) ? verb : null;
}

/** The only verb that the first two letters leave. */
function candidate(bytes: Uint8Array, start: number): Verb | null {
  const second = upper(bytes[start + 1] ?? 0);
  switch (upper(bytes[start] ?? 0)) {
    case 0x4d: // M
      return "MSG";
    case 0x48: // H
      return second === 0x4d ? "HMSG" : "HPUB";
    case 0x50: // P
      return second === 0x55 ? "PUB" : second === 0x49 ? "PING" : "PONG";
    case 0x53: // S
      return "SUB";
    case 0x55: // U
      return "UNSUB";
    case 0x49: // I
      return "INFO";
    case 0x43: // C
      return "CONNECT";
    case 0x2b:
      return "+OK";
    case 0x2d:
      return "-ERR";
    default:
      return null;
  }
}

const upper = (byte: number): number => (byte >= 0x61 && byte <= 0x7a ? byte - 0x20 : byte);
