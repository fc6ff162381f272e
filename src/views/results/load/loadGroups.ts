import { isGone, type PeerId, type PeerState } from "../../../domain/events/events.ts";
import { randomBand } from "../../../domain/statistics/shares.ts";
import type { Instant } from "../../../domain/base/instant.ts";

export interface Member {
  readonly id: PeerId;
  readonly name: string;
  readonly subject: string;
  readonly queue: string | null;
  readonly state: PeerState;
  /** Since when it is up and in its group. */
  readonly since: Instant;
  /** When it got the first of the requests that are counted; 0 for none. */
  readonly firstReceivedAt: Instant;
  readonly received: number;
  /** Replies that are no errors. */
  readonly replied: number;
  /** Error replies. */
  readonly errors: number;
}

/** What is known of programs outside the page that are in a queue group. */
export interface Elsewhere {
  /** Requests of this page on the group's subject that none of its responders got and that were answered. */
  readonly answered: number;
  /** Names of connections outside that the server lists in the group. */
  readonly members: readonly string[];
  /** Whether those are all: the server's list may be cut, or not to be had. */
  readonly complete: boolean;
}

const NOBODY: Elsewhere = { answered: 0, members: [], complete: false };

/** Responders that share a subject and a queue group, or that have a subject in common and no queue group. */
export interface Group {
  readonly id: string;
  readonly subject: string;
  readonly queue: string | null;
  readonly members: readonly Member[];
  /** Requests given to members, together. */
  readonly received: number;
  /** Programs outside that take some of its requests, or would; empty without a queue group, where nothing is shared. */
  readonly elsewhere: Elsewhere;
  /** What members got and what was answered outside, together. */
  readonly shared: number;
  /** The most that a bar of it has to hold. */
  readonly most: number;
  /** Whether some were not there for all of it: then their counts say nothing about the choice. */
  readonly uneven: boolean;
  /** What a random choice gives each member; null where there is no choice, nothing to choose yet, `uneven`, or somebody is outside. */
  readonly band: { readonly low: number; readonly high: number } | null;
  /** Members outside the band. */
  readonly outside: readonly Member[];
}

/** Groups in the order in which their first member stands. */
export function groupShares(
  members: readonly Member[],
  elsewhereOf: (subject: string, queue: string) => Elsewhere = () => NOBODY,
): readonly Group[] {
  const together = new Map<string, Member[]>();
  for (const member of members) {
    const id = JSON.stringify([member.subject, member.queue]);
    const others = together.get(id);
    if (others) others.push(member);
    else together.set(id, [member]);
  }
  return [...together].map(([id, of]) => group(id, of, elsewhereOf));
}

function group(
  id: string,
  members: readonly Member[],
  elsewhereOf: (subject: string, queue: string) => Elsewhere,
): Group {
  const [first] = members;
  const subject = first?.subject ?? "";
  const queue = first?.queue ?? null;
  const elsewhere = queue === null ? NOBODY : elsewhereOf(subject, queue);
  const received = members.reduce((sum, member) => sum + member.received, 0);
  const chosen = queue !== null && members.length > 1 && received > 0;
  const uneven = chosen && cameOrWent(members);
  // Of those outside nobody knows how many they are, nor since when.
  const known = elsewhere.answered === 0 && elsewhere.members.length === 0;
  const band = chosen && !uneven && known ? randomBand(received, members.length) : null;
  return {
    id,
    subject,
    queue,
    members,
    received,
    elsewhere,
    shared: received + elsewhere.answered,
    uneven,
    most: Math.max(band?.high ?? 0, elsewhere.answered, ...members.map((member) => member.received)),
    band,
    outside: band
      ? members.filter((member) => member.received < band.low || member.received > band.high)
      : [],
  };
}

/** Whether some members were not there for all of the requests that are counted. */
function cameOrWent(members: readonly Member[]): boolean {
  const first = Math.min(...members.map(({ firstReceivedAt }) => firstReceivedAt || Infinity));
  return members.some(({ state, since }) => isGone(state) || since > first);
}
