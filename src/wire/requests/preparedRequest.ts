import {
  checkHeaderName,
  checkHeaderValue,
  formatHeadersBlock,
  type Header,
} from "../../domain/messages/headersBlock.ts";
import type { InboxMode } from "../../domain/setup/setup.ts";
import { onTheWire } from "../../domain/messages/sharedServer.ts";
import { checkPublishSubject } from "../../domain/messages/subjects.ts";
import type { Connection } from "../connection/connect.ts";
import { encodeText } from "../connection/text.ts";

/** What is the same for every request of a kind, checked once. */
export interface PreparedRequest {
  readonly subject: string;
  readonly subjectBytes: Uint8Array;
  readonly headers: readonly Header[];
  /** As they cross the wire; undefined for none. */
  readonly headersBlock: Uint8Array | undefined;
  readonly timeoutMs: number;
  readonly inbox: InboxMode;
  /** Why it can never be sent, in words; null when it can. */
  readonly refusal: string | null;
}

/** Timers cannot wait longer: browsers take more for 0. In ms. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

export function prepareRequest(
  subject: string,
  headers: readonly Header[],
  timeoutMs: number,
  inbox: InboxMode = "multiplexed",
): PreparedRequest {
  const request = {
    subject,
    subjectBytes: encodeText(subject),
    headers,
    headersBlock: undefined,
    timeoutMs: Math.min(timeoutMs, LONGEST_TIMEOUT_MS),
    inbox,
  };
  const wrong =
    checkPublishSubject(subject) ??
    headers
      .map(({ name, value }) => checkHeaderName(name) ?? checkHeaderValue(value))
      .find((words) => words !== null);
  if (wrong) return { ...request, refusal: wrong };
  if (!(timeoutMs >= 1))
    return { ...request, refusal: `A timeout of ${timeoutMs} ms is too short: give at least 1 ms.` };
  if (headers.length === 0) return { ...request, refusal: null };
  return { ...request, headersBlock: formatHeadersBlock(headers), refusal: null };
}

/** A request's subject as this connection writes it. */
export const wireSubject = (
  { subject, subjectBytes }: PreparedRequest,
  { prefix }: Connection,
): Uint8Array => (prefix === undefined ? subjectBytes : encodeText(onTheWire(subject, prefix)));
