import type { PeerId } from "../events/events.ts";
import { hadHappened } from "./past.ts";
import type { StateChange, TrafficRecord } from "./trafficRecord.ts";

/** The last change of a peer's state by the instant at which the record is looked at; undefined when none is known. */
export const lastStateOf = (record: TrafficRecord, peer: PeerId): StateChange | undefined =>
  record.states
    .get(peer)
    ?.findLast(({ number, at }) =>
      record.past === null ? true : hadHappened(record, number) && at <= record.past.at,
    );
