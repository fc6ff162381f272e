import type { Reason } from "../../domain/events/reasons.ts";
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
  /** Why it can never be sent; null when it can. */
  readonly refusal: Reason | null;
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
  const refusal = refusalOf(subject, headers, timeoutMs);
  if (refusal !== null) return { ...request, refusal };
  if (headers.length === 0) return { ...request, refusal: null };
  return { ...request, headersBlock: formatHeadersBlock(headers), refusal: null };
}

function refusalOf(subject: string, headers: readonly Header[], timeoutMs: number): Reason | null {
  if (checkPublishSubject(subject) !== null) return { kind: "badSubject", subject };
  const bad = headers.find(
    ({ name, value }) => checkHeaderName(name) !== null || checkHeaderValue(value) !== null,
  );
  if (bad) return { kind: "badHeader", name: bad.name, value: bad.value };
  return timeoutMs >= 1 ? null : { kind: "badTimeout", timeoutMs };
}

/** A request's subject as this connection writes it. */
export const wireSubject = (
  { subject, subjectBytes }: PreparedRequest,
  { prefix }: Connection,
): Uint8Array => (prefix === undefined ? subjectBytes : encodeText(onTheWire(subject, prefix)));
