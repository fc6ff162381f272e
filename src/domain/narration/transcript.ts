import { attributedUpTo } from "../record/outside.ts";
import { eventSpan } from "../record/eventRing.ts";
import { entryOf, type Entry, type TranscriptLine, type NameOf } from "./transcriptLine.ts";
import { formatCount, formatCounted } from "../base/formats.ts";
import { type Outcome, OUTCOME_WORDS, OUTCOMES } from "../events/outcomes.ts";
import type { TrafficRecord } from "../record/trafficRecord.ts";
import { newestFirst } from "../record/perSecondCounters.ts";
import type { Instant } from "../base/instant.ts";

/** A second with more exchanges than this is summed up in one line. */
const TOLD_SINGLY = 5;
/** So is one with more lines than this, such as a request that goes to fifty responders. */
const MOST_LINES = 60;
/** Events looked at in one second, at most. */
const MOST_EVENTS = 4096;
const SECOND_MS = 1000;

/** The newest `limit` lines, newest last. */
export function transcriptOf(record: TrafficRecord, limit: number, nameOf: NameOf): TranscriptLine[] {
  const { perSecond: seconds } = record;
  const entries: Entry[] = [];
  for (const slot of newestFirst(seconds)) {
    entries.push(...ofSecond(record, slot, nameOf));
    if (entries.length >= limit) break;
  }
  return entries
    .sort((a, b) => a.line.at - b.line.at || a.number - b.number)
    .slice(-limit)
    .map(({ line }) => line);
}

function ofSecond(record: TrafficRecord, slot: number, nameOf: NameOf): Entry[] {
  const { perSecond: seconds } = record;
  const exchanges = (seconds.attempted[slot] ?? 0) + (seconds.served[slot] ?? 0);
  if (exchanges <= TOLD_SINGLY) {
    const lines = singly(record, slot, nameOf);
    if (lines !== null) return lines;
  }
  const beginsAt = seconds.beginsAt[slot] ?? 0;
  const milestones = record.milestones.flatMap((number) => within(record, number, beginsAt, nameOf));
  const sum = sumOf(record, slot, isSettled(record, beginsAt));
  return sum === null ? milestones : [{ line: sum, number: 0 }, ...milestones];
}

/** Every event of a second that has something to say, oldest first; null when those are too many, or some were evicted. */
function singly(record: TrafficRecord, slot: number, nameOf: NameOf): Entry[] | null {
  const { events, perSecond: seconds } = record;
  const beginsAt = seconds.beginsAt[slot] ?? 0;
  const span = eventSpan(events);
  const last = Math.min(seconds.last[slot] ?? 0, span.last);
  const first = seconds.first[slot] ?? 0;
  if (first < span.first || last - first >= MOST_EVENTS) return null;
  const lines: Entry[] = [];
  for (let number = first; number <= last; number++) {
    lines.push(...within(record, number, beginsAt, nameOf));
    if (lines.length > MOST_LINES) return null;
  }
  return lines;
}

/** The line of an event, if it is held, has one, and falls into the second that begins there. */
function within(record: TrafficRecord, number: number, beginsAt: Instant, nameOf: NameOf): readonly Entry[] {
  const { events } = record;
  const span = eventSpan(events);
  if (number < span.first || number > span.last) return [];
  const at = events.at[number % events.capacity] ?? 0;
  if (at < beginsAt || at >= beginsAt + SECOND_MS) return [];
  const entry = entryOf(record, number, nameOf);
  return entry ? [entry] : [];
}

/**
 * Whether it is known who asked: a responder's answers can be recorded before the requester of this page claims its requests.
 */
function isSettled(record: TrafficRecord, beginsAt: Instant): boolean {
  const { events } = record;
  const newest = events.at[events.last % events.capacity] ?? 0;
  return attributedUpTo(record, newest) >= beginsAt + SECOND_MS;
}

function sumOf(
  { perSecond: seconds }: TrafficRecord,
  slot: number,
  settledWho: boolean,
): TranscriptLine | null {
  const beginsAt = seconds.beginsAt[slot] ?? 0;
  const attempted = seconds.attempted[slot] ?? 0;
  const served = settledWho ? Math.max(0, seconds.served[slot] ?? 0) : 0;
  const late = seconds.late[slot] ?? 0;
  const duplicate = seconds.duplicate[slot] ?? 0;
  const messages = seconds.messages[slot] ?? 0;
  const settled = byOutcome(seconds.settled, slot);
  const unsent = byOutcome(seconds.unsent, slot);
  const said = [
    attempted > 0 ? `${formatCounted(attempted, "request")} made` : "",
    settled.length > 0 ? `settled: ${listed(settled)}` : "",
    unsent.length > 0 ? `ended before anything was published: ${listed(unsent)}` : "",
    served > 0 ? `${formatCounted(served, "request")} from outside answered` : "",
    late > 0 ? `${formatCounted(late, "late reply", "late replies")} dropped` : "",
    duplicate > 0 ? `${formatCounted(duplicate, "duplicate reply", "duplicate replies")} dropped` : "",
    messages > 0 ? `${formatCounted(messages, "message")} without a reply subject delivered` : "",
  ].filter((part) => part !== "");
  if (said.length === 0) return null;
  const good = [...settled, ...unsent].every(([outcome]) => outcome === "replied");
  return {
    id: `s${beginsAt}`,
    at: beginsAt,
    words: `In one second: ${said.join("; ")}.`,
    seq: null,
    unsent: null,
    tone: good ? "neutral" : "bad",
  };
}

type Counted = readonly [outcome: Outcome, count: number];

/** What a second's row of such a column holds, without the zeros. */
const byOutcome = (column: Uint32Array, slot: number): readonly Counted[] =>
  OUTCOMES.map((outcome, code) => [outcome, column[slot * OUTCOMES.length + code] ?? 0] as const).filter(
    ([, count]) => count > 0,
  );

const listed = (counts: readonly Counted[]): string =>
  counts.map(([outcome, count]) => `${formatCount(count)} ${OUTCOME_WORDS[outcome]}`).join(", ");
