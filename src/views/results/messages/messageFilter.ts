import type { PeerId } from "../../../domain/events/events.ts";
import {
  exchangeRange,
  readExchange,
  summariseExchange,
  type ExchangeSummary,
} from "../../../domain/exchanges/readExchange.ts";
import { readPlainMessage } from "../../../domain/exchanges/plainMessage.ts";
import type { TrafficRecord } from "../../../domain/record/trafficRecord.ts";
import { nameOf } from "../../../stores/peers/peersStore.ts";
import type { Standing } from "./OutcomeMark.tsx";

/** What an exchange can be picked out by, besides its text: how it ended, and what came too late or twice. */
export type Trait = Standing | "late" | "duplicate";

export interface MessageFilter {
  /** Found in the subject, the inbox, or a name of who asked or answered; empty for any. */
  readonly text: string;
  /** One of these; empty for any. */
  readonly traits: ReadonlySet<Trait>;
}

export const NO_FILTER: MessageFilter = { text: "", traits: new Set() };

export const isFiltering = ({ text, traits }: MessageFilter): boolean =>
  text.trim() !== "" || traits.size > 0;

/** Whether a filter lets an exchange of a record through, or a message by the number of its event below 0. */
export function filterOf(record: TrafficRecord, { text, traits }: MessageFilter): (seq: number) => boolean {
  const wanted = text.trim().toLowerCase();
  /** What a subject and an inbox say never changes, and reading them costs the most: whether they match, by seq. */
  const known = new Map<number, boolean>();
  const names = new Map<PeerId | null, boolean>();

  const nameMatches = (peer: PeerId | null): boolean => {
    let matches = names.get(peer);
    if (matches === undefined) {
      matches = (peer === null ? "outside" : nameOf(peer)).toLowerCase().includes(wanted);
      names.set(peer, matches);
    }
    return matches;
  };

  const wireMatches = ({ seq, subject }: ExchangeSummary): boolean => {
    const before = known.get(seq);
    if (before !== undefined) return before;
    const found =
      subject.toLowerCase().includes(wanted) ||
      (readExchange(record, seq)?.reply.toLowerCase().includes(wanted) ?? false);
    if (subject !== "") known.set(seq, found);
    return found;
  };

  const textMatches = (summary: ExchangeSummary): boolean =>
    wanted === "" ||
    wireMatches(summary) ||
    nameMatches(summary.requester) ||
    (summary.from !== null && nameMatches(summary.from));

  const forget = (): void => {
    const { first, last } = exchangeRange(record);
    if (known.size <= 2 * (last - first + 1) + 1000) return;
    for (const seq of known.keys()) if (seq < first || seq > last) known.delete(seq);
  };

  return (seq) => {
    if (seq < 0) {
      const message = readPlainMessage(record, -seq);
      if (!message || traits.size > 0) return false;
      return message.subject.toLowerCase().includes(wanted) || nameMatches(null) || nameMatches(message.peer);
    }
    const summary = summariseExchange(record, seq);
    if (!summary) return false;
    forget();
    return hasTrait(summary, traits) && textMatches(summary);
  };
}

function hasTrait(summary: ExchangeSummary, traits: ReadonlySet<Trait>): boolean {
  if (traits.size === 0) return true;
  if (traits.has("errorReply") && failedOutside(summary)) return true;
  const standing = standingOf(summary);
  if (standing !== null && traits.has(standing)) return true;
  return (traits.has("late") && summary.late > 0) || (traits.has("duplicate") && summary.duplicate > 0);
}

/** True for a request of a program elsewhere that a responder of this page answered with an error. */
export const failedOutside = ({ requester, errors }: ExchangeSummary): boolean =>
  requester === null && errors > 0;

/** What is known of the end of a request of a program elsewhere: what responders of this page made of it. */
export function servedWords({ from, inHand }: Pick<ExchangeSummary, "from" | "inHand">): string {
  if (from !== null) return "answered here";
  return inHand > 0 ? "in progress" : "not answered";
}

/** How an exchange stands; null for one asked outside, whose end is not seen here. */
export const standingOf = (summary: ExchangeSummary): Standing | null =>
  summary.outcome ?? (summary.requester === null ? null : "inFlight");
