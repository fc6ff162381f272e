import { createStore } from "zustand/vanilla";
import type { CallSamples } from "../../domain/load/callSamples.ts";
import { addToRun, createRun, packRun, type Run, type RunProgress } from "../../domain/load/runs.ts";

interface Runs {
  /** The newest last. They are changed in place: select `version` to be told. */
  readonly runs: readonly Run[];
  readonly version: number;
}

/** The loads of this page since it was opened or reset; what is to last longer is kept in keptRuns. */
export const runsStore = createStore<Runs>(() => ({ runs: [], version: 0 }));

/** So many are remembered. */
const MOST_RUNS = 40;
/** So many of them with their calls one by one. */
const MOST_WITH_RAW = 4;

type Begin = Parameters<typeof createRun>[0];
type Asked = Begin & { readonly stopped: boolean };

/** Loads that were asked for and of which nothing was heard yet. */
const asked = new Map<number, Asked>();
let lastId = 0;

/** Announces a load; it is a run from its first progress on. Returns the run's id. */
export function announceRun(begin: Omit<Begin, "id">): number {
  const id = ++lastId;
  asked.set(id, { ...begin, id, stopped: false });
  return id;
}

export const runOf = (id: number): Run | undefined => runsStore.getState().runs.find((run) => run.id === id);

/** What a requester tells of a load. */
export function receiveProgress(id: number, progress: RunProgress, samples: CallSamples | null): void {
  const begin = asked.get(id);
  if (begin) {
    asked.delete(id);
    const { runs } = runsStore.getState();
    const { stopped, ...rest } = begin;
    runsStore.setState({ runs: [...runs, { ...createRun(rest), stopped }].slice(-MOST_RUNS) });
  }
  const { runs, version } = runsStore.getState();
  const run = runs.find((each) => each.id === id);
  if (!run) return;
  addToRun(run, progress, samples);
  if (!progress.running) {
    for (const old of runs.slice(0, -MOST_WITH_RAW)) if (old.raw.length > 0) packRun(old);
  }
  runsStore.setState({ version: version + 1 });
}

/** A requester is told to stop the load that it runs, which may not have been heard of yet. */
export function stopRunsOf(requester: string): void {
  for (const [id, begin] of asked)
    if (begin.requester === requester) asked.set(id, { ...begin, stopped: true });
  for (const run of runsStore.getState().runs) {
    if (run.requester === requester && run.progress.running) run.stopped = true;
  }
}

/** The requester of a run went away: nothing more will be heard of it. */
export function cutRun(id: number): void {
  asked.delete(id);
  const run = runOf(id);
  if (!run?.progress.running) return;
  run.cut = true;
  run.progress = { ...run.progress, running: false };
  runsStore.setState(({ version }) => ({ version: version + 1 }));
}

/** Forgets the runs that are over. */
export function forgetRuns(): void {
  runsStore.setState(({ runs, version }) => ({
    runs: runs.filter(({ progress }) => progress.running),
    version: version + 1,
  }));
}
