import { externalReplies } from "../record/outside.ts";
import { textOf } from "../record/eventTexts.ts";
import { FLAG, HANDLER_RESULTS, KIND, type PeerId, NO_RESPONDERS } from "../events/events.ts";
import { formatCounted, formatMs } from "../base/formats.ts";
import { summariseExchange } from "../exchanges/readExchange.ts";
import type { TrafficRecord } from "../record/trafficRecord.ts";
import { verdictOf } from "../record/verdicts.ts";
import { entryOf, type TranscriptLine } from "./transcriptLine.ts";

/** What words need to know of who takes part. */
export interface Participants {
  nameOf(peer: PeerId): string;
  /** The queue group that a responder shares, with how many others besides itself; null for none, or not known. */
  groupOf(peer: PeerId): { readonly queue: string; readonly members: number } | null;
}

/** One step in one sentence. `record` is looked at as it was at that step. */
export interface StepDescription {
  readonly words: string;
  readonly tone: TranscriptLine["tone"];
  readonly seq: number | null;
}

export function describeStep(
  record: TrafficRecord,
  number: number,
  participants: Participants,
): StepDescription {
  const { events } = record;
  const e = number % events.capacity;
  const seq = events.exchange[e]! > 0 ? events.exchange[e]! : null;
  const own = seq === null ? undefined : ownWords(record, number, seq, participants);
  if (own !== undefined) return { words: own, tone: "neutral", seq };
  const line = entryOf(record, number, participants.nameOf)?.line;
  return line ?? { words: otherWords(record, number, participants), tone: "neutral", seq };
}

/** What a transcript leaves out for being told by what comes next, and what deserves more words when one stops at it. */
function ownWords(
  record: TrafficRecord,
  number: number,
  seq: number,
  participants: Participants,
): string | undefined {
  const { events } = record;
  const e = number % events.capacity;
  const name = participants.nameOf(events.peer[e]!);
  const code = events.code[e]!;
  switch (events.kind[e]) {
    case KIND.attempted: {
      const inside = (events.flags[e]! & FLAG.nested) !== 0 ? ", inside its handler," : "";
      const reply = textOf(record, number, "reply");
      return `${name}${inside} creates a reply subject${reply === "" ? "" : `, ${reply},`} and will wait for ${formatMs(code)} at most.`;
    }
    case KIND.delivered: {
      const group = participants.groupOf(events.peer[e]!);
      if (group === null || group.members < 2) return undefined;
      // The group may have members elsewhere, which are not counted here.
      const { subject = "" } = summariseExchange(record, seq) ?? {};
      const here = externalReplies(record, subject, Infinity) > 0 ? " here" : "";
      return `nats-server picks ${name}, one of ${group.members}${here} in queue group ${group.queue}, and delivers the request to it.`;
    }
    case KIND.handling:
      return `${name} begins to handle the request.`;
    case KIND.handled:
      if (HANDLER_RESULTS[code] === "replied") return `The handler of ${name} finishes and returns a reply.`;
      if (HANDLER_RESULTS[code] === "errorReply")
        return `The handler of ${name} finishes and returns an error.`;
      return undefined;
    case KIND.arrived: {
      if (code === NO_RESPONDERS && events.size[e] === 0) {
        const subject = summariseExchange(record, seq)?.subject ?? "the subject";
        return `Nobody is subscribed to ${subject}: nats-server answers 503 to the inbox of ${name}.`;
      }
      if (verdictOf(record, number) !== "taken") return undefined;
      const what = (events.flags[e]! & FLAG.error) === 0 ? "The reply" : "The error reply";
      return `${what} reaches the inbox of ${name}.`;
    }
    default:
      return undefined;
  }
}

function otherWords(record: TrafficRecord, number: number, participants: Participants): string {
  const { events } = record;
  const e = number % events.capacity;
  const name = participants.nameOf(events.peer[e]!);
  const subject = textOf(record, number, "subject") || "a subject";
  switch (events.kind[e]) {
    case KIND.published:
      return `${name} publishes a message to ${subject}, and asks for no reply.`;
    case KIND.message:
      return `nats-server delivers its report on a traced request to ${name}.`;
    case KIND.state:
      return `${name} is connecting.`;
    case KIND.unsubscribed:
      return `${name} lets nats-server end a subscription after ${formatCounted(events.link[e]!, "message")}.`;
    case KIND.concluded:
      return `A call of ${name} has ended.`;
    default:
      return `Something happened at ${name}.`;
  }
}
