import { createStore } from "zustand/vanilla";
import {
  checkKneePlan,
  kneeRates,
  kneeStep,
  SATURATED_STEPS,
  type KneePlan,
  type KneeStep,
} from "../../domain/load/knee.ts";
import type { PeerId } from "../../domain/events/events.ts";
import { activeRequester } from "../peers/activeRequester.ts";
import { requesterOf } from "../peers/peersStore.ts";
import { stopLoad } from "../peers/requesterActions.ts";
import { runFor } from "./runFor.ts";

interface KneeState {
  readonly plan: KneePlan;
  readonly phase: "idle" | "running" | "done";
  /** Who asks, and the rate of the step that runs. */
  readonly requester: string;
  readonly current: number | null;
  readonly steps: readonly KneeStep[];
  /** It was ended before it was through; what was measured stays. */
  readonly cut: boolean;
  readonly trouble: string | null;
}

export const kneeStore = createStore<KneeState>(() => ({
  plan: { fromPerSecond: 100, toPerSecond: 20_000, steps: 10, stepMs: 2000 },
  phase: "idle",
  requester: "",
  current: null,
  steps: [],
  cut: false,
  trouble: null,
}));

let stopping = false;
let asking: PeerId | null = null;

export function editKneePlan(patch: Partial<KneePlan>): void {
  kneeStore.setState(({ plan }) => ({ plan: { ...plan, ...patch } }));
}

/** Raises the rate step by step until the service saturates, with the requests of the active requester. */
export async function findKnee(): Promise<void> {
  const { plan, phase } = kneeStore.getState();
  const peer = activeRequester();
  // What is wrong with the plan stands beside its field.
  if (phase === "running" || checkKneePlan(plan) !== null) return;
  const trouble = peer ? readyProblem(peer.id) : "There is no requester: add one first.";
  if (!peer || trouble !== null) {
    kneeStore.setState({ trouble });
    return;
  }
  stopping = false;
  asking = peer.id;
  kneeStore.setState({ phase: "running", requester: peer.setup.name, steps: [], cut: false, trouble: null });
  for (const rate of kneeRates(plan)) {
    kneeStore.setState({ current: rate });
    const run = await runFor(
      peer.id,
      {
        kind: "rate",
        perSecond: rate,
        bounds: { requests: null, durationMs: plan.stepMs },
        warmUpCalls: Math.floor((rate * plan.stepMs) / 4000),
      },
      "knee",
    );
    if (stopping || run === null) {
      const lost = stopping ? null : `${peer.setup.name} could not go on: start it, and search again.`;
      kneeStore.setState({ cut: true, trouble: lost });
      break;
    }
    const { steps } = kneeStore.getState();
    const all = [...steps, kneeStep(run, rate, steps[0] ?? null)];
    kneeStore.setState({ steps: all });
    if (all.filter(({ saturated }) => saturated !== null).length >= SATURATED_STEPS) break;
  }
  kneeStore.setState({ phase: "done", current: null });
}

/** Ends the search; the steps that are through stay. */
export function stopKnee(): void {
  stopping = true;
  if (asking !== null) stopLoad(asking);
}

function readyProblem(id: PeerId): string | null {
  const peer = requesterOf(id);
  if (peer?.load?.running) return `${peer.setup.name} runs a load: stop it first.`;
  return peer?.state === "connected" ? null : `${peer?.setup.name ?? "The requester"} is not connected.`;
}
