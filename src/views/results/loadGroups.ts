import { type Instant, isGone, type PeerId, type PeerState } from "../../domain/events.ts";
import { randomBand } from "../../domain/shares.ts";

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

/** Responders that share a subject and a queue group, or that have a subject in common and no queue group. */
export interface Group {
  readonly id: string;
  readonly subject: string;
  readonly queue: string | null;
  readonly members: readonly Member[];
  /** Requests given to members, together. */
  readonly received: number;
  /** The most that a bar of it has to hold. */
  readonly most: number;
  /** Whether some were not there for all of it: then their counts say nothing about the choice. */
  readonly uneven: boolean;
  /** What a random choice gives each member; null where there is no choice, nothing to choose yet, or `uneven`. */
  readonly band: { readonly low: number; readonly high: number } | null;
  /** Members outside the band. */
  readonly outside: readonly Member[];
}

/** Groups in the order in which their first member stands. */
export function groupShares(members: readonly Member[]): readonly Group[] {
  const together = new Map<string, Member[]>();
  for (const member of members) {
    const id = JSON.stringify([member.subject, member.queue]);
    const others = together.get(id);
    if (others) others.push(member);
    else together.set(id, [member]);
  }
  return [...together].map(([id, of]) => group(id, of));
}

function group(id: string, members: readonly Member[]): Group {
  const [first] = members;
  const received = members.reduce((sum, member) => sum + member.received, 0);
  const chosen = first?.queue !== null && members.length > 1 && received > 0;
  const uneven = chosen && cameOrWent(members);
  const band = chosen && !uneven ? randomBand(received, members.length) : null;
  return {
    id,
    subject: first?.subject ?? "",
    queue: first?.queue ?? null,
    members,
    received,
    uneven,
    most: Math.max(band?.high ?? 0, ...members.map((member) => member.received)),
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
