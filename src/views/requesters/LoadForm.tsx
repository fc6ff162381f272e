import { Play, Square } from "lucide-react";
import { useState } from "react";
import { formatCount } from "../../domain/base/formats.ts";
import { LATE_MS, LOAD_LIMITS } from "../../domain/load/loadPlans.ts";
import { planWords } from "../../domain/load/planWords.ts";
import type { LoadPlan } from "../../domain/setup/setup.ts";
import type { RequesterPeer } from "../../stores/peers/peersStore.ts";
import { editPlan, startLoad, stopLoad } from "../../stores/peers/requesterActions.ts";
import { Button } from "../controls/Button.tsx";
import { LoadFields } from "./LoadFields.tsx";
import { isUnsendable } from "./unsendable.ts";

/** Runs a load: the plan in a line, to be changed beneath it. */
export function LoadForm({ peer }: { readonly peer: RequesterPeer }) {
  const { id, plan, load, state } = peer;
  const [open, setOpen] = useState(false);
  const running = load?.running ?? false;
  return (
    <div className="load">
      {running ? (
        <Button onClick={() => stopLoad(id)}>
          <Square size={13} /> Stop load
        </Button>
      ) : (
        <Button
          disabled={state !== "connected"}
          onClick={(event) => {
            if (!isUnsendable(event.currentTarget.closest(".peer"), "load")) startLoad(id);
          }}
        >
          <Play size={13} /> Start load
        </Button>
      )}
      <details className="more" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary aria-label={`Load: ${planWords(plan)}`}>{planWords(plan)}</summary>
      </details>
      {open && <LoadFields plan={plan} onChange={(next) => editPlan(id, next)} />}
      {load !== null && <LoadProgressLine plan={plan} load={load} />}
    </div>
  );
}

interface ProgressProps {
  readonly plan: LoadPlan;
  readonly load: NonNullable<RequesterPeer["load"]>;
}

function LoadProgressLine({ plan: { bounds }, load }: ProgressProps) {
  const { started, finished, late, skipped, elapsedMs } = load;
  const [done, whole] =
    bounds.requests === null
      ? [elapsedMs, bounds.durationMs ?? LOAD_LIMITS.durationMs.most]
      : [started + skipped, bounds.requests];
  return (
    <div className="load-progress">
      <progress aria-label="Load progress" value={Math.min(done, whole)} max={whole} />
      <p>
        {formatCount(started)} started, {formatCount(finished)} finished
        {late > 0 && `, ${formatCount(late)} sent more than ${LATE_MS} ms late`}
        {skipped > 0 && `, ${formatCount(skipped)} not sent`} in {(elapsedMs / 1000).toFixed(1)} s
      </p>
    </div>
  );
}
