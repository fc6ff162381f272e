/** Calls of a load that have ended, in columns of one length, in the order in which they ended. Times in ms after the load's start. */
export interface CallSamples {
  /** The call's place in the load, from 0. */
  readonly index: Uint32Array<ArrayBuffer>;
  /** When the schedule wanted it; in a closed load when it was started. */
  readonly plannedMs: Float64Array<ArrayBuffer>;
  readonly startedMs: Float64Array<ArrayBuffer>;
  readonly endedMs: Float64Array<ArrayBuffer>;
  /** As `outcomeCode` gives it. */
  readonly outcome: Uint8Array<ArrayBuffer>;
}

export interface CallSample {
  readonly index: number;
  readonly plannedMs: number;
  readonly startedMs: number;
  readonly endedMs: number;
  readonly outcome: number;
}

export interface SampleWriter {
  add(index: number, plannedMs: number, startedMs: number, endedMs: number, outcome: number): void;
  /** What was added since the last time, in arrays of their own; null for nothing. */
  take(): CallSamples | null;
}

/** The newest samples, the oldest first. */
export interface SampleRing extends Iterable<CallSample> {
  readonly length: number;
  /** How many newer ones took the place of. */
  readonly dropped: number;
  add(sample: CallSample): void;
  /** Lets go of all of them. */
  drop(): void;
}

const FIRST_ROOM = 256;

export function createSampleWriter(): SampleWriter {
  let length = 0;
  let columns = columnsOf(FIRST_ROOM);
  return {
    add(index, plannedMs, startedMs, endedMs, outcome) {
      if (length === columns.index.length) columns = widened(columns, length * 2);
      put(columns, length++, { index, plannedMs, startedMs, endedMs, outcome });
    },
    take() {
      if (length === 0) return null;
      const { index, plannedMs, startedMs, endedMs, outcome } = columns;
      const taken = {
        index: index.slice(0, length),
        plannedMs: plannedMs.slice(0, length),
        startedMs: startedMs.slice(0, length),
        endedMs: endedMs.slice(0, length),
        outcome: outcome.slice(0, length),
      };
      length = 0;
      return taken;
    },
  };
}

/** Keeps so many samples at most, and takes room for no more than there are. */
export function createSampleRing(most: number): SampleRing {
  let columns = columnsOf(0);
  /** So many were added since it was last empty. */
  let added = 0;
  let dropped = 0;
  return {
    get length() {
      return Math.min(added, most);
    },
    get dropped() {
      return dropped;
    },
    add(sample) {
      const room = columns.index.length;
      if (added === room && room < most)
        columns = widened(columns, Math.min(most, Math.max(FIRST_ROOM, room * 2)));
      if (added >= most) dropped++;
      put(columns, added++ % most, sample);
    },
    drop() {
      dropped += Math.min(added, most);
      columns = columnsOf(0);
      added = 0;
    },
    *[Symbol.iterator]() {
      for (let index = Math.max(0, added - most); index < added; index++)
        yield sampleAt(columns, index % most);
    },
  };
}

/** The samples one by one. */
export function* eachSample(samples: CallSamples): Generator<CallSample> {
  for (let position = 0; position < samples.index.length; position++) yield sampleAt(samples, position);
}

const sampleAt = (samples: CallSamples, at: number): CallSample => ({
  index: samples.index[at] ?? 0,
  plannedMs: samples.plannedMs[at] ?? 0,
  startedMs: samples.startedMs[at] ?? 0,
  endedMs: samples.endedMs[at] ?? 0,
  outcome: samples.outcome[at] ?? 0,
});

function put(columns: CallSamples, at: number, sample: CallSample): void {
  columns.index[at] = sample.index;
  columns.plannedMs[at] = sample.plannedMs;
  columns.startedMs[at] = sample.startedMs;
  columns.endedMs[at] = sample.endedMs;
  columns.outcome[at] = sample.outcome;
}

function widened(columns: CallSamples, room: number): CallSamples {
  const wide = columnsOf(room);
  wide.index.set(columns.index);
  wide.plannedMs.set(columns.plannedMs);
  wide.startedMs.set(columns.startedMs);
  wide.endedMs.set(columns.endedMs);
  wide.outcome.set(columns.outcome);
  return wide;
}

const columnsOf = (room: number): CallSamples => ({
  index: new Uint32Array(room),
  plannedMs: new Float64Array(room),
  startedMs: new Float64Array(room),
  endedMs: new Float64Array(room),
  outcome: new Uint8Array(room),
});
