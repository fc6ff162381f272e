import { createStore } from "zustand/vanilla";
import type { TrafficRecord, RecordView } from "../../domain/record/trafficRecord.ts";
import { ReplayIndex } from "../../domain/replay/replayIndex.ts";
import type { Instant } from "../../domain/base/instant.ts";
import { playbackStore } from "./playbackStore.ts";
import { recordStore } from "./recordStore.ts";
import { PastRecord } from "../../domain/replay/recordAt.ts";

interface Shown {
  /** The record as the page shows it: all of it while live, else as it was at the instant of the playback. */
  readonly record: TrafficRecord;
  /** Another number whenever something else is shown. */
  readonly version: number;
}

let version = 1;

export const shownStore = createStore<Shown>(() => ({ record: recordStore.getState().record, version }));

export const shownRecord = (): TrafficRecord => shownStore.getState().record;

let index: ReplayIndex | null = null;
let pastRecord: PastRecord | null = null;
let updatedAt = 0;
/** While one looks at the past, what is recorded meanwhile is taken in so often at most. */
const UPDATE_MS = 250;

/** The index of the record, made when it is first wanted. It is brought up to date now and then, or at once if `fresh`. */
export function replayIndex(fresh = false): ReplayIndex {
  const now = performance.now();
  index ??= new ReplayIndex(recordStore.getState().record);
  if (fresh || now - updatedAt >= UPDATE_MS) {
    index.update();
    updatedAt = now;
  }
  return index;
}

/** The instant that is shown, with what leads to others; null while live. */
export const shownPast = (): RecordView | null => shownRecord().past;

function show(): void {
  version++;
  const { at } = playbackStore.getState();
  shownStore.setState({ record: at === null ? recordStore.getState().record : recordAt(at), version });
}

function recordAt(at: Instant): TrafficRecord {
  const upToDate = replayIndex();
  pastRecord ??= new PastRecord(recordStore.getState().record, upToDate);
  return pastRecord.at(at, version);
}

let timer: ReturnType<typeof setTimeout> | undefined;

recordStore.subscribe(() => {
  if (playbackStore.getState().at === null) return show();
  // What is recorded now does not change the past, but the newest part of it may have been incomplete.
  timer ??= setTimeout(() => {
    timer = undefined;
    if (playbackStore.getState().at !== null) show();
  }, UPDATE_MS);
});

playbackStore.subscribe(({ at }, before) => {
  if (at !== before.at) show();
});
