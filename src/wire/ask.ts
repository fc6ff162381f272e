import {
  type Msg,
  type MsgHdrs,
  headers as createHeaders,
  createInbox,
  NatsError,
  type NatsConnection,
  ErrorCode,
  Match,
} from "nats.ws";
import type { EventSink } from "../domain/batch.ts";
import { isErrorReply } from "../domain/errorReply.ts";
import { type ExchangeKey, FLAG, KIND } from "../domain/events.ts";
import { checkHeaderName, checkHeaderValue } from "../domain/headersBlock.ts";
import { type Outcome, outcomeCode } from "../domain/outcomes.ts";
import { replyKey } from "../domain/replyKey.ts";
import type { Header, InboxMode } from "../domain/setup.ts";
import { onTheWire } from "../domain/sharedServer.ts";
import { checkPublishSubject } from "../domain/subjects.ts";
import { encodeText } from "./text.ts";
import type { Connection } from "./connect.ts";
import { createMux } from "./mux.ts";
import { createTimeouts } from "./timeouts.ts";

/** What is the same for every request of a kind, checked once. */
export interface Question {
  readonly subject: string;
  readonly subjectBytes: Uint8Array;
  readonly headers: MsgHdrs | null;
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
  /** The reply, also an error reply; null for every other outcome. */
  readonly message: Msg | null;
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
  /** Settles every exchange in flight as cancelled. */
  cancel(reason: string): void;
}

interface Open {
  key: ExchangeKey;
  /** On the shared inbox; empty where it has one of its own. */
  reply: string;
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
    headers: null,
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
  const block = createHeaders();
  for (const { name, value } of headers) block.append(name, value);
  return { ...question, headers: block, refusal: null };
}

export function createAsker(connection: Connection, sink: EventSink, clock: () => number): Asker {
  const inFlight = new Set<Open>();
  /** Those of them whose replies come on the shared inbox, by their reply subjects. */
  const byReply = new Map<string, Open>();
  const timeouts = createTimeouts<Open>((open) => fail(open, NatsError.errorForCode(ErrorCode.Timeout)));
  const mux = createMux({
    onReply,
    onForbidden(subject, thrown) {
      // The server says so for each; the oldest is the one that it has come to.
      for (const open of byReply.values())
        if (onTheWire(open.question.subject, connection.prefix) === subject) return fail(open, thrown);
    },
    onDeaf(thrown) {
      for (const open of byReply.values()) fail(open, thrown);
    },
  });

  connection.listen({
    // nats.ws rejects nothing at a disconnect. The server has forgotten where to send replies, so none can come.
    down: (reason) => settleAll("connectionLost", reason),
  });

  function onReply(message: Msg): void {
    const open = byReply.get(message.subject);
    if (open === undefined) return; // Late or a duplicate: the tap has seen it.
    if (message.data.length === 0 && message.headers?.code === NO_RESPONDERS)
      return fail(open, NatsError.errorForCode(ErrorCode.NoResponders));
    settle(open, isError(message) ? "errorReply" : "replied", "", message);
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

  function begin(open: Open, reply: string): void {
    const bytes = encodeText(reply);
    const { subjectBytes: subject, timeoutMs } = open.question;
    open.key = replyKey(bytes);
    inFlight.add(open);
    const { key, link, nested, attempt } = open;
    const texts = { subject, reply: bytes };
    sink.record(KIND.attempted, clock(), key, link, timeoutMs, nested ? FLAG.nested : 0, attempt, texts);
  }

  function request(nats: NatsConnection, open: Open, payload: Uint8Array): void {
    const { headers, timeoutMs, inbox } = open.question;
    const subject = onTheWire(open.question.subject, connection.prefix);
    if (inbox === "perRequest") return requestAlone(nats, open, subject, payload);
    const reply = (open.reply = mux.replyOn(nats));
    begin(open, reply);
    byReply.set(reply, open);
    timeouts.start(open, timeoutMs);
    try {
      nats.publish(subject, payload, headers ? { reply, headers } : { reply });
    } catch (thrown) {
      fail(open, thrown);
    }
  }

  function requestAlone(nats: NatsConnection, open: Open, subject: string, payload: Uint8Array): void {
    const { headers, timeoutMs: timeout } = open.question;
    const reply = createInbox();
    begin(open, reply);
    // nats.ws throws this only after it has subscribed, and would leave the subscription behind.
    if (sizeOf(payload, headers) > (nats.info?.max_payload ?? Infinity))
      return fail(open, NatsError.errorForCode(ErrorCode.MaxPayloadExceeded));
    nats.request(subject, payload, { timeout, ...(headers && { headers }), noMux: true, reply }).then(
      (message) => settle(open, isError(message) ? "errorReply" : "replied", "", message),
      (thrown: unknown) => fail(open, thrown),
    );
  }

  function settle(open: Open, outcome: Outcome, reason: string, message: Msg | null): void {
    if (open.settled) return;
    open.settled = true;
    if (open.reply !== "" && byReply.delete(open.reply)) timeouts.stop(open, open.question.timeoutMs);
    if (inFlight.delete(open)) {
      const texts = reason === "" ? undefined : { payload: encodeText(reason) };
      sink.record(KIND.settled, clock(), open.key, 0, outcomeCode(outcome), 0, 0, texts);
    }
    open.resolve({ outcome, reason, key: open.key, message });
  }

  function settleAll(outcome: Outcome, reason: string): void {
    for (const open of inFlight) settle(open, outcome, reason, null);
  }

  return {
    ask(question, payload, link, nested, attempt = nested ? 0 : 1) {
      return new Promise((resolve) => {
        const size = payload.length;
        const open: Open = {
          key: 0,
          reply: "",
          settled: false,
          question,
          size,
          link,
          nested,
          attempt,
          resolve,
        };
        const nats = connection.live;
        if (question.refusal !== null) return settle(open, "refused", question.refusal, null);
        if (nats === null) return settle(open, "connectionLost", connection.reason, null);
        request(nats, open, payload);
      });
    },
    cancel: (reason) => settleAll("cancelled", reason),
  };
}

const sizeOf = (payload: Uint8Array, headers: MsgHdrs | null): number =>
  payload.length + (headers === null ? 0 : encodeText(String(headers)).length);

const NO_HEADERS = new Uint8Array(0);

export function isError(message: Msg): boolean {
  if (isErrorReply(NO_HEADERS, message.data)) return true;
  return message.headers?.has("Nats-Service-Error-Code", Match.IgnoreCase) ?? false;
}

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
      return { outcome: "refused", reason: `The server does not permit it: ${messageOf(thrown)}.` };
    case ErrorCode.MaxPayloadExceeded:
      return {
        outcome: "refused",
        reason: `The message of ${size} bytes and its headers are over the server's limit of ${most ?? "?"} bytes.`,
      };
    default:
      return { outcome: "refused", reason: `It could not be sent: ${messageOf(thrown)}.` };
  }
}

const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));
