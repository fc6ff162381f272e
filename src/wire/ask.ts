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
  settled: boolean;
  readonly question: Question;
  readonly link: number;
  readonly nested: boolean;
  readonly attempt: number;
  readonly resolve: (answer: Answer) => void;
}

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
  /** The exchange whose request is being published this very moment. */
  let publishing: Open | null = null;

  connection.listen({
    up: learnReplySubjects,
    // nats.ws rejects nothing at a disconnect. The server has forgotten where to send replies, so none can come.
    down: (reason) => settleAll("connectionLost", reason),
  });

  const wrapped = new WeakSet<NatsConnection>();
  /**
   * `nats.request` publishes through the connection's own `publish`, with the reply subject it has just made up. That is the
   * one place to learn which exchange belongs to which request.
   */
  function learnReplySubjects(nats: NatsConnection): void {
    if (wrapped.has(nats)) return;
    wrapped.add(nats);
    const publish = nats.publish.bind(nats);
    nats.publish = (subject, data, options) => {
      if (publishing !== null && options?.reply !== undefined) begin(publishing, options.reply);
      publish(subject, data, options);
    };
  }

  function begin(open: Open, reply: string): void {
    publishing = null;
    const bytes = encodeText(reply);
    const { subjectBytes: subject, timeoutMs } = open.question;
    open.key = replyKey(bytes);
    inFlight.add(open);
    const { key, link, nested, attempt } = open;
    const texts = { subject, reply: bytes };
    sink.record(KIND.attempted, clock(), key, link, timeoutMs, nested ? FLAG.nested : 0, attempt, texts);
  }

  function request(nats: NatsConnection, open: Open, payload: Uint8Array): Promise<Msg> {
    const { headers, timeoutMs: timeout, inbox } = open.question;
    const subject = onTheWire(open.question.subject, connection.prefix);
    const options = { timeout, ...(headers && { headers }) };
    if (inbox === "perRequest") {
      const reply = createInbox();
      begin(open, reply);
      // nats.ws throws this only after it has subscribed, and would leave the subscription behind.
      if (sizeOf(payload, headers) > (nats.info?.max_payload ?? Infinity))
        return Promise.reject(NatsError.errorForCode(ErrorCode.MaxPayloadExceeded));
      return nats.request(subject, payload, { ...options, noMux: true, reply });
    }
    publishing = open;
    const reply = nats.request(subject, payload, options);
    publishing = null;
    return reply;
  }

  function settle(open: Open, outcome: Outcome, reason: string, message: Msg | null): void {
    if (open.settled) return;
    open.settled = true;
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
        const open: Open = { key: 0, settled: false, question, link, nested, attempt, resolve };
        const nats = connection.live;
        if (question.refusal !== null) return settle(open, "refused", question.refusal, null);
        if (nats === null) return settle(open, "connectionLost", connection.reason, null);
        request(nats, open, payload).then(
          (message) => settle(open, isError(message) ? "errorReply" : "replied", "", message),
          (thrown: unknown) => {
            const { outcome, reason } = failureOf(thrown, question, payload.length, nats.info?.max_payload);
            settle(open, outcome, reason, null);
          },
        );
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
