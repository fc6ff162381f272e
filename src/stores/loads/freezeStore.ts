import { createStore } from "zustand/vanilla";
import type { PeerId, PeerState } from "../../domain/events/events.ts";
import { PLAIN_POLICY } from "../../domain/setup/policies.ts";
import type { Run } from "../../domain/load/runs.ts";
import type { LoadPlan, RequesterSetup } from "../../domain/setup/setup.ts";
import { namesBeside, peersStore } from "../peers/peersStore.ts";
import { nextName } from "../../domain/setup/names.ts";
import { addRequester, removeRequester, stopLoad } from "../peers/requesterActions.ts";
import { addResponder, freezeResponder, removeResponder, thawResponder } from "../peers/responderActions.ts";
import { runFor } from "./runFor.ts";

interface Demonstration {
  readonly phase: "idle" | "running" | "done";
  /** What happens now, in words. */
  readonly words: string;
  /** The two runs; null before the first. */
  readonly closed: FrozenRun | null;
  readonly open: FrozenRun | null;
  /** When the responder was frozen and thawed, in ms after the runs began. */
  readonly frozenMs: readonly [from: number, to: number] | null;
  readonly trouble: string | null;
}

/** A run, and each of its calls: when it should have been started, and how long it then took, in ms. */
export interface FrozenRun {
  readonly run: Run;
  readonly calls: readonly { readonly atMs: number; readonly tookMs: number }[];
}

/** One responder, frozen for two seconds, asked by a closed and by an open load at once. */
export const freezeStore = createStore<Demonstration>(() => ({
  phase: "idle",
  words: "",
  closed: null,
  open: null,
  frozenMs: null,
  trouble: null,
}));

const SUBJECT = "demo.freeze";
const WORK_MS = 5;
const PER_SECOND = 100;
const BEFORE_MS = 2000;
const FROZEN_MS = 2000;
const LASTS_MS = 6000;
/** Longer than the freeze, so that every call gets its reply and has a latency. */
const TIMEOUT_MS = 10_000;
const CONNECT_MS = 10_000;

let stopping: (() => void) | null = null;

export async function demonstrateFreeze(): Promise<void> {
  if (freezeStore.getState().phase === "running") return;
  freezeStore.setState({ phase: "running", words: "Connecting …", trouble: null, frozenMs: null });
  const name = (base: string): string => nextName(base, namesBeside(null));
  const asker = (base: string): RequesterSetup => ({
    name: name(base),
    subject: SUBJECT,
    payload: { format: "json", template: '{ "n": {{n}} }' },
    headers: [],
    timeoutMs: TIMEOUT_MS,
    policy: PLAIN_POLICY,
  });
  const sleeper = addResponder({
    name: name("sleeper"),
    subject: SUBJECT,
    queue: null,
    handler: { kind: "builtin", id: "echo" },
    delay: { kind: "fixed", ms: WORK_MS },
    handling: "concurrent",
    errorShare: 0,
    dropShare: 0,
  });
  const closed = addRequester(asker("closed"));
  const open = addRequester(asker("open"));
  let stopped = false;
  const until = new Promise<void>((resolve) => {
    stopping = () => {
      stopped = true;
      for (const id of [closed, open]) stopLoad(id);
      thawResponder(sleeper);
      resolve();
    };
  });
  try {
    await connected([sleeper, closed, open]);
    const bounds = { requests: null, durationMs: LASTS_MS };
    const closedPlan: LoadPlan = { kind: "concurrency", concurrency: 1, bounds, warmUpCalls: 20 };
    const openPlan: LoadPlan = { kind: "rate", perSecond: PER_SECOND, bounds, warmUpCalls: 20 };
    const beganAt = performance.now();
    const runs = Promise.all([runFor(closed, closedPlan, "freeze"), runFor(open, openPlan, "freeze")]);
    freezeStore.setState({ words: "Both loads are running." });
    await Promise.race([until, pause(BEFORE_MS)]);
    if (!stopped) {
      freezeResponder(sleeper);
      const frozenMs = performance.now() - beganAt;
      freezeStore.setState({ words: "The responder is frozen for two seconds." });
      await Promise.race([until, pause(FROZEN_MS)]);
      thawResponder(sleeper);
      freezeStore.setState({
        frozenMs: [frozenMs, performance.now() - beganAt],
        words: "The responder answers again. Both loads go on.",
      });
    }
    const [first, second] = await runs;
    if (stopped) freezeStore.setState({ phase: "idle", words: "" });
    else if (first && second)
      freezeStore.setState({ phase: "done", words: "", closed: frozenRun(first), open: frozenRun(second) });
    else throw new Error("One of the two loads could not be run to its end.");
  } catch (problem) {
    freezeStore.setState({
      phase: "idle",
      words: "",
      trouble: problem instanceof Error ? problem.message : String(problem),
    });
  } finally {
    stopping = null;
    for (const id of [closed, open]) removeRequester(id, "silently");
    removeResponder(sleeper, "silently");
  }
}

const frozenRun = (run: Run): FrozenRun => ({
  run,
  calls: [...run.raw]
    .filter(({ index }) => index >= run.warmUpCalls)
    .map(({ plannedMs, endedMs }) => ({ atMs: plannedMs, tookMs: endedMs - plannedMs }))
    .sort((a, b) => a.atMs - b.atMs),
});

export const stopDemonstration = (): void => stopping?.();

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Throws in words where one of them is not connected in time. */
async function connected(ids: readonly PeerId[]): Promise<void> {
  const isUp = (state: PeerState): boolean => state === "connected";
  for (let waitedMs = 0; waitedMs < CONNECT_MS; waitedMs += 50) {
    const { responders, requesters } = peersStore.getState();
    const ours = [...responders, ...requesters].filter(({ id }) => ids.includes(id));
    if (ours.length === ids.length && ours.every(({ state }) => isUp(state))) return;
    await pause(50);
  }
  throw new Error("Its responder and requesters could not connect. Is the server up? Then try again.");
}
