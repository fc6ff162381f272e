import { describeCallEnd, describeReasonIfAny } from "./describeReason.ts";
import { reasonOf, textOf } from "../record/eventTexts.ts";
import {
  BREAKER_STATES,
  type BreakerState,
  FLAG,
  HANDLER_RESULTS,
  KIND,
  OUTSIDE,
  PEER_STATES,
  type PeerState,
  type PeerId,
} from "../events/events.ts";
import { attributedUpTo, isUnattributed, isUnattributedReply } from "../record/outside.ts";
import { formatMs, shortened } from "../base/formats.ts";
import { OUTCOME_WORDS, outcomeOf, type Outcome } from "../events/outcomes.ts";
import { summariseExchange, type ExchangeSummary } from "../exchanges/readExchange.ts";
import type { TrafficRecord } from "../record/trafficRecord.ts";
import { verdictOf } from "../record/verdicts.ts";
import type { Instant } from "../base/instant.ts";

/** Longer ones would flood the lines around them; the Inspector shows them whole. In characters. */
const LONGEST_SUBJECT = 80;

type Tone = TranscriptLine["tone"];

/** A line with its place among lines of the same time: by the number of its event. */
export interface Entry {
  readonly line: TranscriptLine;
  readonly number: number;
}

/** What an event that is held says in one line; undefined when it says nothing that a person would ask for. */
export function entryOf(record: TrafficRecord, number: number, nameOf: NameOf): Entry | undefined {
  const { events } = record;
  const row = number % events.capacity;
  const seq = events.exchange[row] ?? 0;
  const exchange = seq > 0 ? summariseExchange(record, seq) : undefined;
  const told = tell({ record, number, row, exchange, nameOf, name: nameOf(events.peer[row] ?? 0) });
  if (told === undefined) return undefined;
  const [words, tone = "neutral"] = told;
  const at = events.at[row] ?? 0;
  const unsent = events.kind[row] === KIND.concluded ? number : null;
  return { line: { id: `e${number}`, at, words, seq: exchange?.seq ?? null, unsent, tone }, number };
}

interface Event {
  readonly record: TrafficRecord;
  readonly number: number;
  readonly row: number;
  readonly exchange: ExchangeSummary | undefined;
  readonly nameOf: NameOf;
  readonly name: string;
}

/** What an UNSUB ends: that frame itself names a number alone. */
function formerSubscription(record: TrafficRecord, number: number): string {
  const subject = shortened(textOf(record, number, "subject"), LONGEST_SUBJECT);
  const queue = textOf(record, number, "reply");
  return subject === "" ? "" : ` from ${subject}${queue === "" ? "" : ` (queue ${queue})`}`;
}

type Told = readonly [words: string, tone?: Tone] | undefined;

function tell(event: Event): Told {
  const { record, number, row, exchange, nameOf, name } = event;
  const { events } = record;
  const code = events.code[row] ?? 0;
  const error = ((events.flags[row] ?? 0) & FLAG.error) !== 0;
  const payload = (): string => textOf(record, number, "payload");
  const why = (): string => describeReasonIfAny(reasonOf(record, number));
  const callEnd = (): string =>
    describeCallEnd({
      outcome: outcomeOf(code) ?? null,
      reason: reasonOf(record, number),
      made: events.size[row] ?? 0,
      barred: ((events.flags[row] ?? 0) & FLAG.barred) !== 0,
    });
  const subject = shortened(exchange?.subject ?? "", LONGEST_SUBJECT);
  switch (events.kind[row]) {
    case KIND.sent:
      return exchange && [`${name} publishes a request to ${subject}${forWhat(record, exchange)}.`];
    case KIND.delivered:
      if (!exchange) return undefined;
      // Whoever of this page asked may not have told yet.
      if (isUnattributed(exchange, attributedUpTo(record, Infinity)))
        return [`The server delivers a request on ${subject} to ${name}.`];
      return exchange.requester === null
        ? [`The server delivers a request from outside, on ${subject}, to ${name}.`]
        : [`The server delivers the request on ${subject} to ${name}.`];
    case KIND.message: {
      // One with a key is the server's report on a traced request.
      if (events.key[row] !== 0) return undefined;
      const to = shortened(textOf(record, number, "subject"), LONGEST_SUBJECT);
      return [`The server delivers a message without a reply subject, on ${to || "a subject"}, to ${name}.`];
    }
    case KIND.handled:
      return exchange && handled(code, name, subject, why());
    case KIND.answered:
      if (!exchange) return undefined;
      return error
        ? [`${name} publishes an error reply to the inbox.`, "bad"]
        : [`${name} publishes its reply to the inbox.`];
    case KIND.arrived:
      return arrived(event);
    case KIND.settled:
      return exchange && settled(exchange, name, outcomeOf(code), why(), senderOf(record, exchange, nameOf));
    case KIND.concluded: {
      // Where something was published, its settling has told it.
      const outcome = outcomeOf(code);
      if (outcome === undefined) return undefined;
      if (outcome === "fellBack") return [sentence(`A call of ${name} fell back. ${callEnd()}`), "bad"];
      if (events.exchange[row] !== 0) return undefined;
      return [
        sentence(`A call of ${name} ended before anything was published: ${because(outcome, callEnd())}`),
        "bad",
      ];
    }
    case KIND.subscribed: {
      const to = shortened(textOf(record, number, "subject"), LONGEST_SUBJECT);
      const queue = textOf(record, number, "reply");
      if (to.startsWith("_INBOX.")) return [`${name} subscribes to its inbox, ${to}.`];
      return [
        `${name} subscribes to ${to} ${queue === "" ? "without a queue group" : `in queue group ${queue}`}.`,
      ];
    }
    case KIND.unsubscribed:
      // After so many messages it ends by itself, as the inbox of one request does: nothing that a person has to know.
      return events.link[row] === 0
        ? [`${name} unsubscribes${formerSubscription(record, number)}.`]
        : undefined;
    case KIND.err:
      return [sentence(`The server tells ${name}: ${payload()}`), "bad"];
    case KIND.state: {
      const state = PEER_STATES[code];
      const words = state === undefined ? undefined : STATE_WORDS[state];
      if (words === undefined) return undefined;
      if (reasonOf(record, number)?.kind === "thawed")
        return [`${name} is thawed and answering again.`, toneOf(state)];
      const reason = why();
      return [`${name} ${words}.${reason === "" ? "" : ` ${sentence(reason)}`}`, toneOf(state)];
    }
    case KIND.backoff: {
      const wait = code === 0 ? "at once" : `in ${formatMs(code)}`;
      return [`${name} retries ${wait}: attempt ${events.size[row]} of its call.`];
    }
    case KIND.breaker:
      return breakerWords(name, BREAKER_STATES[code], events.link[row] ?? 0, why());
    case KIND.log:
      return [`${name} logs: ${payload()}`];
    default:
      return undefined;
  }
}

/** A request made inside a handler says so, and one that is not the first attempt of its call. */
function forWhat({ exchanges }: TrafficRecord, { seq, attempt }: ExchangeSummary): string {
  if (exchanges.parent[seq % exchanges.capacity]) return ", to answer another request";
  return (attempt ?? 1) > 1 ? `, attempt ${attempt} of its call` : "";
}

function breakerWords(name: string, state: BreakerState | undefined, openMs: number, why: string): Told {
  switch (state) {
    case "open":
      return [`The circuit breaker of ${name} opens for ${formatMs(openMs)}: ${sentence(why)}`, "bad"];
    case "halfOpen":
      return [`The circuit breaker of ${name} is half-open. ${sentence(why)}`];
    case "closed":
      return [`The circuit breaker of ${name} closes. ${sentence(why)}`, "good"];
    default:
      return undefined;
  }
}

function handled(code: number, name: string, subject: string, error: string): Told {
  switch (HANDLER_RESULTS[code]) {
    case "threw":
      return [sentence(`The handler of ${name} fails: ${error || "it threw"}`), "bad"];
    case "dropped":
      return [`${name} drops the request on ${subject}: it will never reply.`, "bad"];
    case "aborted":
      return [
        sentence(`${name} gives up the request on ${subject}${error === "" ? "" : `: ${error}`}`),
        "bad",
      ];
    default: // A reply is told when it leaves.
      return undefined;
  }
}

/** Only replies that nobody takes: the settling tells of the one that is taken. */
function arrived({ record, number, row, exchange, name }: Event): Told {
  if (record.events.key[row] === 0)
    return [
      `A message reaches the inbox of ${name} on a subject that no request had, and is dropped.`,
      "bad",
    ];
  if (!exchange) return undefined;
  switch (verdictOf(record, number)) {
    case "late":
      return [`A reply reaches the inbox of ${name} too late, and is dropped.`, "bad"];
    case "duplicate":
      return [`Another reply reaches the inbox of ${name}, a duplicate, and is dropped.`, "bad"];
    case "taken":
      return exchange.gathers ? [`A reply reaches the inbox of ${name}, and is gathered.`] : undefined;
    case "noResponders":
      return undefined;
  }
}

function settled(
  exchange: ExchangeSummary,
  name: string,
  outcome: Outcome | undefined,
  reason: string,
  sender: string,
): Told {
  const { subject, latencyMs } = exchange;
  const after = latencyMs === null ? "" : ` after ${formatMs(Math.max(0, latencyMs))}`;
  if (exchange.gathers && (outcome === "replied" || outcome === "errorReply")) {
    const tone = outcome === "replied" ? "good" : "bad";
    return [`${name} ends its gathering${after}: ${sentence(reason)}`, tone];
  }
  switch (outcome) {
    case undefined:
      return undefined;
    case "replied":
      return [`${name} takes the reply${sender}${after}.`, "good"];
    case "errorReply":
      return [`${name} takes the error reply${sender}${after}.`, "bad"];
    case "timedOut":
      return [`${name} gives up on ${subject}${after}: timed out.`, "bad"];
    case "noResponders":
      return [
        `Nothing is subscribed to ${subject}: the server tells ${name} that there are no responders.`,
        "bad",
      ];
    default:
      return [sentence(`The request of ${name} on ${subject} ended: ${because(outcome, reason)}`), "bad"];
  }
}

function senderOf(record: TrafficRecord, exchange: ExchangeSummary, nameOf: NameOf): string {
  const { from } = exchange;
  if (from === null || isUnattributedReply(exchange, attributedUpTo(record, Infinity))) return "";
  return from === OUTSIDE ? " of a program outside this page" : ` of ${nameOf(from)}`;
}

const because = (outcome: Outcome, reason: string): string =>
  `${OUTCOME_WORDS[outcome]}${reason === "" ? "" : `. ${reason}`}`;

/** With one full stop at its end; reasons bring their own. */
const sentence = (words: string): string => (/[.!?]$/.test(words) ? words : `${words}.`);

const STATE_WORDS: Readonly<Partial<Record<PeerState, string>>> = {
  connected: "is connected",
  reconnecting: "has lost its connection and is reconnecting",
  disconnected: "is not connected",
  frozen: "is frozen: connected and subscribed, but not answering",
  draining: "drains: it takes no new requests and finishes those it has",
  drained: "has drained and closed",
  killed: "was killed",
  crashed: "has crashed",
  removed: "was removed",
  notSubscribed: "is connected, and not subscribed",
};

const BAD: readonly (PeerState | undefined)[] = [
  "reconnecting",
  "disconnected",
  "notSubscribed",
  "frozen",
  "killed",
  "crashed",
];
const toneOf = (state: PeerState | undefined): Tone => (BAD.includes(state) ? "bad" : "neutral");

/** One line of the text account of what was recorded. */
export interface TranscriptLine {
  /** Stays the same as the record grows. */
  readonly id: string;
  readonly at: Instant;
  readonly words: string;
  /** The exchange it tells of, or null. */
  readonly seq: number | null;
  /** The call that ended before anything was published, by the number of the event that concluded it; else null. */
  readonly unsent: number | null;
  readonly tone: "neutral" | "good" | "bad";
}

export type NameOf = (peer: PeerId) => string;
