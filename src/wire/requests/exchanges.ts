import { createInbox, type NatsConnection } from "nats.ws";
import type { EventSink } from "../../domain/events/batch.ts";
import { encodeReason, type Reason, type ReasonOf } from "../../domain/events/reasons.ts";
import { type ExchangeKey, FLAG, KIND } from "../../domain/events/events.ts";
import type { Instant } from "../../domain/base/instant.ts";
import { type Outcome, outcomeCode } from "../../domain/events/outcomes.ts";
import { replyKey, replyKeyOf } from "../../domain/events/replyKey.ts";
import type { GatherPolicy } from "../../domain/setup/setup.ts";
import { onTheWire } from "../../domain/messages/sharedServer.ts";
import type { Frame } from "../../protocol/frame.ts";
import type { Connection } from "../connection/connect.ts";
import { denialOf, type Failure, failureOf, refusalOf } from "./exchangeFailure.ts";
import { type Message, messageOf } from "../connection/message.ts";
import { createMux } from "./mux.ts";
import { type PreparedRequest, wireSubject } from "./preparedRequest.ts";
import { decodeText, encodeText } from "../connection/text.ts";
import { createTimeouts } from "./timeouts.ts";
import type { Outgoing, Subscribed } from "../connection/pubSub.ts";

/** What an exchange is made for. */
export interface Purpose {
  /** Whether it is made in a handler. */
  readonly nested: boolean;
  /** Which attempt of its call it is, from 1; 0 for a nested one. */
  readonly attempt: number;
  /** Until when it takes replies; null: the first one ends it. */
  readonly gather: GatherPolicy | null;
}

/** The only attempt of a call, and a request that a handler makes: the same for all of them. */
export const ONLY_ATTEMPT: Purpose = { nested: false, attempt: 1, gather: null };
export const NESTED: Purpose = { nested: true, attempt: 0, gather: null };

/** What became of one exchange. */
export interface ExchangeEnd {
  readonly outcome: Outcome;
  /** Why it ended so; null where the outcome says all. */
  readonly reason: Reason | null;
  /** 0 when nothing was published. */
  readonly key: ExchangeKey;
  /** When it was settled, epoch ms. */
  readonly at: Instant;
  /** The reply to a handler that asked, also an error reply; null for a call, of which nobody reads it, and for every other outcome. */
  readonly message: Message | null;
}

/** The exchanges that one connection makes. Each is settled exactly once, whatever happens to the connection. */
export interface Exchanges {
  /**
   * `link` is the call that it is made for, or, when nested, the exchange in whose handler it is made. For whoever makes tens of
   * thousands a second: without a promise, and told what time it is (epoch ms).
   */
  start(
    request: PreparedRequest,
    payload: Uint8Array,
    link: number,
    purpose: Purpose,
    at: Instant,
    onSettled: (end: ExchangeEnd) => void,
  ): void;
  /** The same as a promise, which is never rejected. */
  request(
    request: PreparedRequest,
    payload: Uint8Array,
    link: number,
    purpose: Purpose,
  ): Promise<ExchangeEnd>;
  /** Settles every exchange in flight as cancelled. */
  cancel(reason: ReasonOf<"cancelled">): void;
}

interface Open {
  key: ExchangeKey;
  /** Its number on the shared inbox; 0 where it has one of its own. */
  number: number;
  /** Its own inbox, where it has one. */
  inbox: Subscribed | null;
  settled: boolean;
  readonly request: PreparedRequest;
  readonly link: number;
  readonly purpose: Purpose;
  readonly timeoutMs: number;
  readonly gathered: Gathered | null;
  readonly onSettled: (end: ExchangeEnd) => void;
}

/** What has come for an exchange that takes many replies. */
interface Gathered {
  readonly rules: GatherPolicy;
  gap: ReturnType<typeof setTimeout> | undefined;
  /** Messages taken, the one that says that there are no more included. */
  taken: number;
  replies: number;
  errors: number;
}

/** The server's status in place of a reply where nobody is subscribed. */
const NO_RESPONDERS_STATUS = 503;

/**
 * Publishes requests and takes their replies, on an inbox that all share or on one for each. Not by nats.ws: its `request` costs
 * several times as much, and its `requestMany` drops the headers where it subscribes for each request, and waits 300 ms between
 * replies whatever it is told.
 */
export function createExchanges(connection: Connection, sink: EventSink, clock: () => number): Exchanges {
  const inFlight = new Set<Open>();
  /** Those of them whose replies come on the shared inbox, by their numbers there. */
  const byNumber = new Map<number, Open>();
  const timeouts = createTimeouts<Open>(onTime, clock);
  const mux = createMux({
    connection,
    onReply(number, frame, isError) {
      const open = byNumber.get(number);
      // None: it is late or a duplicate. The tap has seen it.
      if (open !== undefined) onReply(open, frame, isError);
    },
    onDeaf(thrown) {
      const failure: Failure = { outcome: "refused", reason: refusalOf(thrown) };
      for (const open of byNumber.values()) fail(open, failure);
    },
  });

  connection.listen({
    // nats.ws rejects nothing at a disconnect. The server has forgotten where to send replies, so none can come.
    down: (reason) => settleAll("connectionLost", reason),
    refused(error) {
      if (error.kind !== "notPermitted" || error.operation === "subscribe") return;
      const { operation, subject } = error;
      // The server says so for each; the oldest is the one that it has come to.
      for (const open of inFlight) {
        const named =
          operation === "reply"
            ? open.key === replyKeyOf(subject)
            : onTheWire(open.request.subject, connection.prefix) === subject;
        if (named) return fail(open, { outcome: "refused", reason: denialOf(error) });
      }
    },
  });

  function onReply(open: Open, frame: Frame, isError: boolean): void {
    if (saysNoResponders(frame)) {
      const { subject } = open.request;
      return fail(open, { outcome: "noResponders", reason: { kind: "noResponders", subject } });
    }
    if (open.gathered !== null) return gather(open, open.gathered, frame, isError);
    const message = open.purpose.nested ? messageOf(frame) : null;
    settle(open, isError ? "errorReply" : "replied", null, message);
  }

  function gather(open: Open, gathered: Gathered, frame: Frame, isError: boolean): void {
    const { rules } = gathered;
    gathered.taken++;
    if (frame.payloadEnd === frame.payloadStart && rules.sentinel)
      return enough(open, gathered, "sentinel", 0);
    gathered.replies++;
    if (isError) gathered.errors++;
    if (gathered.replies === rules.count) return enough(open, gathered, "count", 0);
    const { gapMs } = rules;
    if (gapMs === null) return;
    clearTimeout(gathered.gap);
    gathered.gap = setTimeout(() => enough(open, gathered, "gap", gapMs), gapMs);
  }

  /** Its rules end it. */
  function enough(
    open: Open,
    { replies, errors, rules }: Gathered,
    ended: ReasonOf<"gathered">["ended"],
    ms: number,
  ): void {
    const reason: Reason = { kind: "gathered", replies, wanted: rules.count, ended, ms };
    settle(open, replies > 0 && errors === replies ? "errorReply" : "replied", reason, null);
  }

  function onTime(open: Open): void {
    const { gathered, timeoutMs } = open;
    if (gathered !== null && gathered.replies > 0) return enough(open, gathered, "time", timeoutMs);
    fail(open, { outcome: "timedOut", reason: { kind: "timedOut", afterMs: timeoutMs } });
  }

  const fail = (open: Open, { outcome, reason }: Failure): void => settle(open, outcome, reason, null);

  function publish(nats: NatsConnection, open: Open, payload: Uint8Array, at: Instant): void {
    const { request, link, purpose, timeoutMs, gathered } = open;
    const { subjectBytes: subject, headersBlock: headers } = request;
    const alone = request.inbox === "perRequest";
    const { number, subject: reply } = alone ? ownInbox() : mux.next(nats);
    open.key = replyKey(reply);
    open.number = number;
    inFlight.add(open);
    if (!alone) byNumber.set(number, open);
    const flags = (purpose.nested ? FLAG.nested : 0) | (gathered === null ? 0 : FLAG.gathers);
    const texts = { subject, reply };
    sink.record(KIND.attempted, at, open.key, link, timeoutMs, flags, purpose.attempt, texts);
    timeouts.start(open, timeoutMs, at);
    try {
      const message = { payload, reply, headers };
      if (alone) open.inbox = subscribeFor(open, message);
      connection.publish(wireSubject(request, connection), message);
    } catch (thrown) {
      fail(open, failureOf(thrown, payload.length + (headers?.length ?? 0), nats.info?.max_payload ?? 0));
    }
  }

  /** An inbox for one exchange. The server is told after how many replies it ends, where that is known. */
  function subscribeFor(open: Open, message: Outgoing & { readonly reply: Uint8Array }): Subscribed {
    connection.checkPublish(message); // What cannot be sent needs no inbox.
    return connection.subscribe(
      decodeText(message.reply),
      null,
      (frame, isError) => onReply(open, frame, isError),
      (error) => fail(open, { outcome: "refused", reason: refusalOf(error) }),
      open.gathered === null ? 1 : undefined,
    );
  }

  function settle(open: Open, outcome: Outcome, reason: Reason | null, message: Message | null): void {
    if (open.settled) return;
    open.settled = true;
    const at = clock();
    if (inFlight.delete(open)) {
      byNumber.delete(open.number);
      timeouts.stop(open, open.timeoutMs);
      if (open.gathered !== null) clearTimeout(open.gathered.gap);
      open.inbox?.stop();
      const texts = reason === null ? undefined : { payload: encodeText(encodeReason(reason)) };
      sink.record(KIND.settled, at, open.key, open.gathered?.taken ?? 0, outcomeCode(outcome), 0, 0, texts);
    }
    open.onSettled({ outcome, reason, key: open.key, at, message });
  }

  function settleAll(outcome: Outcome, reason: Reason): void {
    for (const open of inFlight) settle(open, outcome, reason, null);
  }

  const start: Exchanges["start"] = (request, payload, link, purpose, at, onSettled) => {
    const { gather: rules } = purpose;
    const open: Open = {
      key: 0,
      number: 0,
      inbox: null,
      settled: false,
      request,
      link,
      purpose,
      timeoutMs: rules?.forMs ?? request.timeoutMs,
      gathered: rules && { rules, gap: undefined, taken: 0, replies: 0, errors: 0 },
      onSettled,
    };
    const nats = connection.live;
    if (request.refusal !== null) return settle(open, "refused", request.refusal, null);
    if (nats === null) return settle(open, "connectionLost", connection.reason, null);
    publish(nats, open, payload, at);
  };

  return {
    start,
    request: (request, payload, link, purpose) =>
      new Promise((resolve) => start(request, payload, link, purpose, clock(), resolve)),
    cancel: (reason) => settleAll("cancelled", reason),
  };
}

const ownInbox = (): { readonly number: number; readonly subject: Uint8Array } => ({
  number: 0,
  subject: encodeText(createInbox()),
});

/** The server's answer in place of a reply where nobody is subscribed. */
const saysNoResponders = ({ status, payloadStart, payloadEnd }: Frame): boolean =>
  status === NO_RESPONDERS_STATUS && payloadEnd === payloadStart;
