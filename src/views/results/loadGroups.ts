import type { PeerId, PeerState } from "../../domain/events.ts";
import { randomBand } from "../../domain/shares.ts";

export interface Member {
  readonly id: PeerId;
  readonly name: string;
  readonly subject: string;
  readonly queue: string | null;
  readonly state: PeerState;
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
  /** What a random choice gives each member; null where there is no choice, or nothing to choose yet. */
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
  const band = chosen ? randomBand(received, members.length) : null;
  return {
    id,
    subject: first?.subject ?? "",
    queue: first?.queue ?? null,
    members,
    received,
    most: Math.max(band?.high ?? 0, ...members.map((member) => member.received)),
    band,
    outside: band
      ? members.filter((member) => member.received < band.low || member.received > band.high)
      : [],
  };
}
