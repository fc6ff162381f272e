import type { Reason } from "../events/reasons.ts";
import { isGone, type PeerId, type PeerState } from "../events/events.ts";
import type { TrafficRecord, StateChange } from "./trafficRecord.ts";
import type { Instant } from "../base/instant.ts";

interface StateSince {
  readonly state: PeerState;
  readonly since: Instant;
}

/**
 * How a peer stood at a time, and since when; null where the record does not tell. A frozen one stays so whatever its
 * connection does.
 */
export function peerStateAt(record: TrafficRecord, peer: PeerId, at: Instant): StateSince | null {
  let found: StateSince | null = null;
  for (const { state, at: since, reason } of record.states.get(peer) ?? []) {
    if (since > at || (found?.state === "frozen" && !endsFreezing(state, reason))) continue;
    found = { state, since };
  }
  return found;
}

const endsFreezing = (state: PeerState, reason: Reason | null): boolean =>
  isGone(state) || state === "draining" || reason?.kind === "thawed";

/** The last change of a peer's state by the instant at which the record is looked at; undefined when none is known. */
export const lastStateOf = (record: TrafficRecord, peer: PeerId): StateChange | undefined =>
  record.states.get(peer)?.at(-1);
