import { eventSpan, holdsEvent } from "./eventRing.ts";
import { textOf } from "./eventTexts.ts";
import { FLAG, KIND, PEER_STATES, type Instant, type PeerId, type PeerState } from "./events.ts";
import { OUTCOME_WORDS, outcomeOf, type Outcome } from "./outcomes.ts";
import type { TrafficRecord } from "./record.ts";

/** One line of the text account of what was recorded. */
export interface TranscriptLine {
  /** Stays the same as the record grows. */
  readonly id: string;
  readonly at: Instant;
  readonly words: string;
  /** The exchange it tells of, or null. */
  readonly seq: number | null;
  readonly tone: "neutral" | "good" | "bad";
}

/** More exchanges in a second than this are summed up in one line. */
const TOLD_SINGLY = 5;
/** Events looked at from the newest back, at most: an account is short, the record is long. */
const MOST_EVENTS = 20_000;
const SECOND_MS = 1000;

type NameOf = (peer: PeerId) => string;

/** The newest `limit` lines, newest last. */
export function transcriptOf(record: TrafficRecord, limit: number, nameOf: NameOf): TranscriptLine[] {
  const lines: TranscriptLine[] = [];
  for (const second of secondsOf(record, limit)) {
    lines.push(
      ...(second.attempts > TOLD_SINGLY ? summed(record, second, nameOf) : singly(record, second, nameOf)),
    );
  }
  return lines.sort((a, b) => a.at - b.at).slice(-limit);
}

interface Second {
  readonly beginsAt: Instant;
  readonly numbers: number[];
  attempts: number;
}

/** The events of the last seconds that are held, by the second they fall into, oldest second first. */
function secondsOf(record: TrafficRecord, limit: number): Second[] {
  const { events } = record;
  const seconds = new Map<number, Second>();
  const { first, last } = eventSpan(events);
  const stop = Math.max(first, last - MOST_EVENTS + 1);
  for (let number = last; number >= stop; number--) {
    const row = number % events.capacity;
    const beginsAt = Math.floor((events.at[row] ?? 0) / SECOND_MS) * SECOND_MS;
    let second = seconds.get(beginsAt);
    if (!second) {
      if (seconds.size > limit) break;
      second = { beginsAt, numbers: [], attempts: 0 };
      seconds.set(beginsAt, second);
    }
    if (events.kind[row] === KIND.attempted) second.attempts++;
    second.numbers.push(number);
  }
  return [...seconds.values()].sort((a, b) => a.beginsAt - b.beginsAt);
}

function singly(record: TrafficRecord, { numbers }: Second, nameOf: NameOf): TranscriptLine[] {
  return numbers.flatMap((number) => lineOf(record, number, nameOf) ?? []);
}

/** A busy second: one line for its calls, and a line for each change of a peer's state. */
function summed(
  record: TrafficRecord,
  { beginsAt, numbers, attempts }: Second,
  nameOf: NameOf,
): TranscriptLine[] {
  const { events } = record;
  const ended = new Map<Outcome, number>();
  const lines: TranscriptLine[] = [];
  for (const number of numbers) {
    const row = number % events.capacity;
    if (events.kind[row] === KIND.settled) {
      const outcome = outcomeOf(events.code[row] ?? 0);
      if (outcome) ended.set(outcome, (ended.get(outcome) ?? 0) + 1);
    }
    if (events.kind[row] === KIND.state) lines.push(...(lineOf(record, number, nameOf) ?? []));
  }
  const outcomes = [...ended].map(
    ([outcome, count]) =>
      `${count} ${outcome === "errorReply" && count > 1 ? "error replies" : OUTCOME_WORDS[outcome]}`,
  );
  const words = `${attempts} requests were sent in this second${outcomes.length > 0 ? `; ${outcomes.join(", ")}` : ""}.`;
  const good = [...ended.keys()].every((outcome) => outcome === "replied");
  lines.push({ id: `s${beginsAt}`, at: beginsAt, words, seq: null, tone: good ? "neutral" : "bad" });
  return lines;
}

function lineOf(record: TrafficRecord, number: number, nameOf: NameOf): TranscriptLine[] | undefined {
  const { events, exchanges } = record;
  if (!holdsEvent(events, number)) return undefined;
  const row = number % events.capacity;
  const seq = events.exchange[row] || null;
  const name = nameOf(events.peer[row] ?? 0);
  const subject =
    seq === null ? "" : (exchanges.subjects[exchanges.subject[seq % exchanges.capacity] ?? 0] ?? "");
  const line = (words: string, tone: TranscriptLine["tone"] = "neutral"): TranscriptLine[] => [
    { id: `e${number}`, at: events.at[row] ?? 0, words, seq, tone },
  ];
  switch (events.kind[row]) {
    case KIND.sent:
      return line(`${name} sends a request to ${subject}.`);
    case KIND.delivered:
      return line(`The server gives it to ${name}.`);
    case KIND.answered: {
      const error = ((events.flags[row] ?? 0) & FLAG.error) !== 0;
      return line(
        `${name} publishes ${error ? "an error reply" : "its reply"} to the inbox.`,
        error ? "bad" : "neutral",
      );
    }
    case KIND.arrived: {
      const settledAt = seq === null ? 0 : (exchanges.settledAt[seq % exchanges.capacity] ?? 0);
      if (settledAt === 0 || (events.at[row] ?? 0) <= settledAt) return undefined; // The settling tells of it.
      const outcome = outcomeOf(exchanges.outcome[(seq ?? 0) % exchanges.capacity] ?? 0);
      const late = outcome !== "replied" && outcome !== "errorReply";
      return line(`A reply reaches ${name} ${late ? "too late" : "as a duplicate"}: nobody takes it.`, "bad");
    }
    case KIND.settled: {
      const outcome = outcomeOf(events.code[row] ?? 0);
      if (!outcome) return undefined;
      const reason = textOf(record, number, "payload");
      const words = `${name}: ${subject} ${OUTCOME_WORDS[outcome]}.${reason === "" ? "" : ` ${reason}.`}`;
      return line(words.replace(/\.\.$/, "."), outcome === "replied" ? "good" : "bad");
    }
    case KIND.state: {
      const state = PEER_STATES[events.code[row] ?? 0];
      const said = state === undefined ? undefined : STATE_WORDS[state];
      if (said === undefined) return undefined;
      const reason = textOf(record, number, "payload");
      return line(
        `${name} ${said}.${reason === "" ? "" : ` ${reason}`}`,
        state === "connected" ? "neutral" : "bad",
      );
    }
    case KIND.log:
      return line(`${name} logs: ${textOf(record, number, "payload")}`);
    default:
      return undefined;
  }
}

const STATE_WORDS: Readonly<Partial<Record<PeerState, string>>> = {
  connected: "is connected",
  reconnecting: "has lost its connection and tries again",
  disconnected: "is disconnected",
  frozen: "is frozen: connected and subscribed, but silent",
  draining: "drains: it takes no new request and finishes what it holds",
  drained: "has drained and closed",
  killed: "is dead",
  crashed: "has crashed",
  removed: "is removed",
};
