import type { Frame } from "../protocol/frame.ts";
import { decodeText } from "./text.ts";

/** A message as a client has it. */
export interface Message {
  readonly subject: string;
  /** Where a reply to it goes; null for nowhere. */
  readonly reply: Uint8Array | null;
  /** Its header block; empty for none. */
  readonly headers: Uint8Array;
  readonly text: string;
}

const NOTHING = new Uint8Array(0);

/** What lies in a frame, which is used again for the next. */
export const messageOf = (frame: Frame): Message => ({
  subject: subjectOf(frame),
  reply: frame.replyLength === 0 ? null : frame.bytes.slice(frame.replyStart, frame.replyEnd),
  headers: frame.headersEnd === frame.headersStart ? NOTHING : frame.headers.slice(),
  text: decodeText(frame.payload),
});

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
