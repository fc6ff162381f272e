import type { Frame } from "../../protocol/frame.ts";
import { decodeText } from "./text.ts";

/** A message as a client has it. */
export interface Message {
  readonly subject: string;
  /** Where a reply to it goes; null for nowhere. */
  readonly reply: Uint8Array | null;
  /** Its header block; empty for none. */
  readonly headers: Uint8Array;
  /** The payload as text. */
  readonly text: string;
  /** The payload where its text does not say it all: what is not UTF-8, or begins with a byte order mark. Null where it does. */
  readonly bytes: Uint8Array | null;
}

const NOTHING = new Uint8Array(0);

/** What lies in a frame, which is used again for the next. */
export function messageOf(frame: Frame): Message {
  const { payload } = frame;
  const text = decodeText(payload);
  return {
    subject: subjectOf(frame),
    reply: frame.replyLength === 0 ? null : frame.bytes.slice(frame.replyStart, frame.replyEnd),
    headers: frame.headersEnd === frame.headersStart ? NOTHING : frame.headers.slice(),
    text,
    bytes: saysAll(text, payload) ? null : payload.slice(),
  };
}

/** The replacement character may have been sent as such: then the bytes are kept for nothing. A byte order mark is not decoded. */
const saysAll = (text: string, bytes: Uint8Array): boolean => bytes[0] !== 0xef && !text.includes("\ufffd");

/** The subject of the message before: most have the same. */
let [lastSubject, lastBytes] = ["", NOTHING];

function subjectOf({ bytes, subjectStart, subjectEnd }: Frame): string {
  const { length } = lastBytes;
  let same = subjectEnd - subjectStart === length ? 0 : -1;
  while (same >= 0 && same < length && bytes[subjectStart + same] === lastBytes[same]) same++;
  if (same === length) return lastSubject;
  lastBytes = bytes.slice(subjectStart, subjectEnd);
  lastSubject = decodeText(lastBytes);
  return lastSubject;
}
