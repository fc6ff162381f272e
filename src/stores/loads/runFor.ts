import type { PeerId } from "../../domain/events/events.ts";
import type { Run } from "../../domain/load/runs.ts";
import type { LoadPlan } from "../../domain/setup/setup.ts";
import { requesterOf } from "../peers/peersStore.ts";
import { runLoad } from "../peers/requesterActions.ts";
import { runOf, runsStore } from "../record/runsStore.ts";

/** Runs a load and waits for its end. Null where it could not be started, or its requester went away before. */
export async function runFor(id: PeerId, plan: LoadPlan, purpose: Run["purpose"]): Promise<Run | null> {
  const began = runLoad(id, plan, purpose);
  if (began === null) return null;
  return new Promise((resolve) => {
    const look = (): void => {
      const run = runOf(began);
      const gone = requesterOf(id) === undefined || requesterOf(id)?.state === "crashed";
      if (run?.progress.running || (run === undefined && !gone)) return;
      stop();
      clearInterval(timer);
      resolve(run === undefined || run.cut ? null : run);
    };
    const stop = runsStore.subscribe(look);
    // A requester that goes away before it told anything changes nothing there.
    const timer = setInterval(look, 500);
  });
}
