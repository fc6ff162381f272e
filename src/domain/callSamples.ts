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

export function createSampleWriter(): SampleWriter {
  let room = 256;
  let length = 0;
  let columns = columnsOf(room);
  return {
    add(index, plannedMs, startedMs, endedMs, outcome) {
      if (length === room) {
        const before = columns;
        room *= 2;
        columns = columnsOf(room);
        columns.index.set(before.index);
        columns.plannedMs.set(before.plannedMs);
        columns.startedMs.set(before.startedMs);
        columns.endedMs.set(before.endedMs);
        columns.outcome.set(before.outcome);
      }
      columns.index[length] = index;
      columns.plannedMs[length] = plannedMs;
      columns.startedMs[length] = startedMs;
      columns.endedMs[length] = endedMs;
      columns.outcome[length] = outcome;
      length++;
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

/** The samples one by one. */
export function* eachSample(samples: CallSamples): Generator<CallSample> {
  for (let at = 0; at < samples.index.length; at++) {
    yield {
      index: samples.index[at] ?? 0,
      plannedMs: samples.plannedMs[at] ?? 0,
      startedMs: samples.startedMs[at] ?? 0,
      endedMs: samples.endedMs[at] ?? 0,
      outcome: samples.outcome[at] ?? 0,
    };
  }
}

const columnsOf = (room: number): CallSamples => ({
  index: new Uint32Array(room),
  plannedMs: new Float64Array(room),
  startedMs: new Float64Array(room),
  endedMs: new Float64Array(room),
  outcome: new Uint8Array(room),
});
