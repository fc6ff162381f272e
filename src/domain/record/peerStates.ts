import { isGone, type PeerId, type PeerState } from "../events/events.ts";
import type { TrafficRecord, StateChange } from "./trafficRecord.ts";
import type { Instant } from "../base/instant.ts";

interface StateSince {
  readonly state: PeerState;
  readonly since: Instant;
}

/** How a peer stood, one change after the other: a frozen one stays so whatever its connection does meanwhile. */
export function stateChanges(record: TrafficRecord, peer: PeerId): readonly StateChange[] {
  const changes: StateChange[] = [];
  for (const change of record.states.get(peer) ?? []) {
    if (changes.at(-1)?.state !== "frozen" || endsFreezing(change)) changes.push(change);
  }
  return changes;
}

const endsFreezing = ({ state, reason }: StateChange): boolean =>
  isGone(state) || state === "draining" || reason?.kind === "thawed";

/** How a peer stood at a time, and since when; null where the record does not tell. */
export function peerStateAt(record: TrafficRecord, peer: PeerId, at: Instant): StateSince | null {
  const change = stateChanges(record, peer).findLast((each) => each.at <= at);
  return change === undefined ? null : { state: change.state, since: change.at };
}

/** The last change of how a peer stands; undefined when none is known. */
export const lastStateOf = (record: TrafficRecord, peer: PeerId): StateChange | undefined =>
  stateChanges(record, peer).at(-1);
