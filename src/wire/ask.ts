import { headers as createHeaders, createInbox, NatsError, type NatsConnection, ErrorCode } from "nats.ws";
import type { EventSink } from "../domain/batch.ts";
import { isErrorReply } from "../domain/errorReply.ts";
import { type ExchangeKey, FLAG, type Instant, KIND } from "../domain/events.ts";
import { checkHeaderName, checkHeaderValue, formatHeadersBlock } from "../domain/headersBlock.ts";
import { type Outcome, outcomeCode } from "../domain/outcomes.ts";
import { replyKey } from "../domain/replyKey.ts";
import type { Header, InboxMode } from "../domain/setup.ts";
import { onTheWire } from "../domain/sharedServer.ts";
import { checkPublishSubject } from "../domain/subjects.ts";
import type { Frame } from "../protocol/frame.ts";
import { encodeText } from "./text.ts";
import type { Connection } from "./connect.ts";
import { type Message, messageOf, messageOfMsg } from "./message.ts";
import { createMux } from "./mux.ts";
import { createTimeouts } from "./timeouts.ts";

/** What is the same for every request of a kind, checked once. */
export interface Question {
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

/** What became of one exchange. */
export interface Answer {
  readonly outcome: Outcome;
  /** Why there is no good reply, empty when there is nothing to say. */
  readonly reason: string;
  /** 0 when nothing was published. */
  readonly key: ExchangeKey;
  /** When it was settled, epoch ms. */
  readonly at: Instant;
  /** The reply to a handler that asked, also an error reply; null for a call, of which nobody reads it, and for every other outcome. */
  readonly message: Message | null;
}

export interface Asker {
  /**
   * Publishes one request and settles exactly once, whatever happens to the connection. Never rejects. `link` is what the
   * exchange is made for: a call, or, when `nested`, the exchange in whose handler it is made. `attempt` counts a call's from 1.
   */
  ask(
    question: Question,
    payload: Uint8Array,
    link: number,
    nested: boolean,
    attempt?: number,
  ): Promise<Answer>;
  /** The same for who asks tens of thousands of times a second: without a promise, and told what time it is (epoch ms). */
  start(
    question: Question,
    payload: Uint8Array,
    link: number,
    nested: boolean,
    attempt: number,
    at: Instant,
    onSettled: (answer: Answer) => void,
  ): void;
  /** Settles every exchange in flight as cancelled. */
  cancel(reason: string): void;
}

interface Open {
  key: ExchangeKey;
  /** Its number on the shared inbox; 0 where it has one of its own. */
  number: number;
  settled: boolean;
  readonly question: Question;
  /** Of its payload, in bytes. */
  readonly size: number;
  readonly link: number;
  readonly nested: boolean;
  readonly attempt: number;
  readonly resolve: (answer: Answer) => void;
}

const NO_RESPONDERS = 503;

/** Timers cannot wait longer: browsers take more for 0. In ms. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

export function prepareQuestion(
  subject: string,
  headers: readonly Header[],
  timeoutMs: number,
  inbox: InboxMode = "multiplexed",
): Question {
  const question = {
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
  if (wrong) return { ...question, refusal: wrong };
  if (!(timeoutMs >= 1))
    return { ...question, refusal: `A timeout of ${timeoutMs} ms is too short: give at least 1 ms.` };
  if (headers.length === 0) return { ...question, refusal: null };
  return { ...question, headersBlock: formatHeadersBlock(headers), refusal: null };
}

export function createAsker(connection: Connection, sink: EventSink, clock: () => number): Asker {
  const inFlight = new Set<Open>();
  /** Those of them whose replies come on the shared inbox, by their numbers there. */
  const byNumber = new Map<number, Open>();
  const timeouts = createTimeouts<Open>(
    (open) => fail(open, NatsError.errorForCode(ErrorCode.Timeout)),
    clock,
  );
  const mux = createMux({
    connection,
    onReply,
    onForbidden(subject, thrown) {
      // The server says so for each; the oldest is the one that it has come to.
      for (const open of byNumber.values())
        if (onTheWire(open.question.subject, connection.prefix) === subject) return fail(open, thrown);
    },
    onDeaf(thrown) {
      for (const open of byNumber.values()) fail(open, thrown);
    },
  });

  connection.listen({
    // nats.ws rejects nothing at a disconnect. The server has forgotten where to send replies, so none can come.
    down: (reason) => settleAll("connectionLost", reason),
  });

  function onReply(number: number, frame: Frame, isError: boolean): void {
    const open = byNumber.get(number);
    if (open === undefined) return; // Late or a duplicate: the tap has seen it.
    if (saysNoResponders(frame)) return fail(open, NatsError.errorForCode(ErrorCode.NoResponders));
    settle(open, isError ? "errorReply" : "replied", "", open.nested ? messageOf(frame) : null);
  }

  function fail(open: Open, thrown: unknown): void {
    const { outcome, reason } = failureOf(
      thrown,
      open.question,
      open.size,
      connection.live?.info?.max_payload,
    );
    settle(open, outcome, reason, null);
  }

  function begin(open: Open, reply: Uint8Array, at: Instant): void {
    const { subjectBytes: subject, timeoutMs } = open.question;
    open.key = replyKey(reply);
    inFlight.add(open);
    const { key, link, nested, attempt } = open;
    const texts = { subject, reply };
    sink.record(KIND.attempted, at, key, link, timeoutMs, nested ? FLAG.nested : 0, attempt, texts);
  }

  function request(nats: NatsConnection, open: Open, payload: Uint8Array, at: Instant): void {
    const { headersBlock, timeoutMs, inbox } = open.question;
    if (inbox === "perRequest") return requestAlone(nats, open, payload, at);
    const { number, subject: reply } = mux.next(nats);
    begin(open, reply, at);
    open.number = number;
    byNumber.set(number, open);
    timeouts.start(open, timeoutMs, at);
    try {
      connection.publish(wireSubject(open.question, connection), { payload, reply, headers: headersBlock });
    } catch (thrown) {
      fail(open, thrown);
    }
  }

  function requestAlone(nats: NatsConnection, open: Open, payload: Uint8Array, at: Instant): void {
    const { headers: given, headersBlock, timeoutMs: timeout } = open.question;
    const reply = createInbox();
    begin(open, encodeText(reply), at);
    // nats.ws throws this only after it has subscribed, and would leave the subscription behind.
    if (payload.length + (headersBlock?.length ?? 0) > (nats.info?.max_payload ?? Infinity))
      return fail(open, NatsError.errorForCode(ErrorCode.MaxPayloadExceeded));
    const headers = createHeaders();
    for (const { name, value } of given) headers.append(name, value);
    const subject = onTheWire(open.question.subject, connection.prefix);
    nats.request(subject, payload, { timeout, ...(headersBlock && { headers }), noMux: true, reply }).then(
      (msg) => {
        const message = messageOfMsg(msg);
        settle(open, isErrorReply(message.headers, msg.data) ? "errorReply" : "replied", "", message);
      },
      (thrown: unknown) => fail(open, thrown),
    );
  }

  function settle(open: Open, outcome: Outcome, reason: string, message: Message | null): void {
    if (open.settled) return;
    open.settled = true;
    const at = clock();
    if (byNumber.delete(open.number)) timeouts.stop(open, open.question.timeoutMs);
    if (inFlight.delete(open)) {
      const texts = reason === "" ? undefined : { payload: encodeText(reason) };
      sink.record(KIND.settled, at, open.key, 0, outcomeCode(outcome), 0, 0, texts);
    }
    open.resolve({ outcome, reason, key: open.key, at, message });
  }

  function settleAll(outcome: Outcome, reason: string): void {
    for (const open of inFlight) settle(open, outcome, reason, null);
  }

  const start: Asker["start"] = (question, payload, link, nested, attempt, at, resolve) => {
    const open: Open = {
      key: 0,
      number: 0,
      settled: false,
      question,
      size: payload.length,
      link,
      nested,
      attempt,
      resolve,
    };
    const nats = connection.live;
    if (question.refusal !== null) return settle(open, "refused", question.refusal, null);
    if (nats === null) return settle(open, "connectionLost", connection.reason, null);
    request(nats, open, payload, at);
  };

  return {
    start,
    ask: (question, payload, link, nested, attempt = nested ? 0 : 1) =>
      new Promise((resolve) => start(question, payload, link, nested, attempt, clock(), resolve)),
    cancel: (reason) => settleAll("cancelled", reason),
  };
}

/** A question's subject as this connection writes it. */
export const wireSubject = ({ subject, subjectBytes }: Question, { prefix }: Connection): Uint8Array =>
  prefix === undefined ? subjectBytes : encodeText(onTheWire(subject, prefix));

/** The server's answer in place of a reply where nobody is subscribed. */
export const saysNoResponders = ({ status, payloadStart, payloadEnd }: Frame): boolean =>
  status === NO_RESPONDERS && payloadEnd === payloadStart;

/** The outcome behind what nats.ws rejected a request with. Its messages are bare codes, so the words are made here. */
export function failureOf(
  thrown: unknown,
  { subject, timeoutMs }: Question,
  size: number,
  most: number | undefined,
): { outcome: Outcome; reason: string } {
  const code = thrown instanceof NatsError ? thrown.code : "";
  switch (code) {
    case ErrorCode.NoResponders:
      return { outcome: "noResponders", reason: `Nothing is subscribed to ${subject}.` };
    case ErrorCode.Timeout:
      return { outcome: "timedOut", reason: `No reply came within ${timeoutMs} ms.` };
    case ErrorCode.ConnectionClosed:
    case ErrorCode.ConnectionDraining:
    case ErrorCode.Disconnect:
      return { outcome: "connectionLost", reason: "The connection was closed." };
    case ErrorCode.Cancelled:
      return { outcome: "cancelled", reason: "It was given up." };
    case ErrorCode.PermissionsViolation:
      return { outcome: "refused", reason: `The server does not permit it: ${wordsOf(thrown)}.` };
    case ErrorCode.MaxPayloadExceeded:
      return {
        outcome: "refused",
        reason: `The message of ${size} bytes and its headers are over the server's limit of ${most ?? "?"} bytes.`,
      };
    default:
      return { outcome: "refused", reason: `It could not be sent: ${wordsOf(thrown)}.` };
  }
}

const wordsOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));
