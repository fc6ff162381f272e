import { Play, Square } from "lucide-react";
import { useState } from "react";
import { LOAD_LIMITS } from "../../domain/loadPlans.ts";
import type { LoadPlan } from "../../domain/setup.ts";
import { formatCount } from "../../domain/formats.ts";
import type { RequesterPeer } from "../../stores/peersStore.ts";
import { startLoad, stopLoad } from "../../stores/requesterActions.ts";
import { Button } from "../controls/Button.tsx";
import { NumberField } from "../controls/NumberField.tsx";
import { SelectField } from "../controls/SelectField.tsx";

type Mode = LoadPlan["kind"];
type Bound = "requests" | "duration";

const MODES: readonly { readonly value: Mode; readonly words: string }[] = [
  { value: "concurrency", words: "so many in flight" },
  { value: "rate", words: "so many a second" },
];

const BOUNDS: readonly { readonly value: Bound; readonly words: string }[] = [
  { value: "requests", words: "after requests" },
  { value: "duration", words: "after seconds" },
];

export function LoadForm({ peer }: { readonly peer: RequesterPeer }) {
  const [open, setOpen] = useState(false);
  const [mode, setMode] = useState<Mode>("concurrency");
  const [bound, setBound] = useState<Bound>("requests");
  const [concurrency, setConcurrency] = useState(10);
  const [perSecond, setPerSecond] = useState(100);
  const [requests, setRequests] = useState(1000);
  const [seconds, setSeconds] = useState(10);
  const running = peer.load?.running ?? false;

  const start = (): void => {
    const bounds =
      bound === "requests" ? { requests, durationMs: null } : { requests: null, durationMs: seconds * 1000 };
    startLoad(
      peer.id,
      mode === "concurrency" ? { kind: mode, concurrency, bounds } : { kind: mode, perSecond, bounds },
    );
  };
  return (
    <details className="more" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Load</summary>
      <div className="load">
        <SelectField label="Keep" value={mode} options={MODES} onChange={setMode} />
        {mode === "concurrency" ? (
          <NumberField
            label="Concurrency"
            value={concurrency}
            min={LOAD_LIMITS.concurrency.least}
            max={LOAD_LIMITS.concurrency.most}
            whole
            onChange={setConcurrency}
          />
        ) : (
          <NumberField
            label="Rate"
            unit="/s"
            value={perSecond}
            min={LOAD_LIMITS.perSecond.least}
            max={LOAD_LIMITS.perSecond.most}
            onChange={setPerSecond}
          />
        )}
        <SelectField label="Stop" value={bound} options={BOUNDS} onChange={setBound} />
        {bound === "requests" ? (
          <NumberField
            label="Requests"
            value={requests}
            min={LOAD_LIMITS.requests.least}
            max={LOAD_LIMITS.requests.most}
            whole
            onChange={setRequests}
          />
        ) : (
          <NumberField
            label="Duration"
            unit="s"
            value={seconds}
            min={LOAD_LIMITS.durationMs.least / 1000}
            max={LOAD_LIMITS.durationMs.most / 1000}
            onChange={setSeconds}
          />
        )}
        {running ? (
          <Button onClick={() => stopLoad(peer.id)}>
            <Square size={13} /> Stop load
          </Button>
        ) : (
          <Button disabled={peer.state !== "connected"} onClick={start}>
            <Play size={13} /> Start load
          </Button>
        )}
        <LoadProgressLine peer={peer} bound={bound === "requests" ? requests : seconds * 1000} by={bound} />
      </div>
    </details>
  );
}

interface ProgressProps {
  readonly peer: RequesterPeer;
  readonly bound: number;
  readonly by: Bound;
}

function LoadProgressLine({ peer, bound, by }: ProgressProps) {
  const { load } = peer;
  if (load === null) return null;
  const done = by === "requests" ? load.started : load.elapsedMs;
  return (
    <div className="load-progress">
      <progress aria-label="Load progress" value={Math.min(done, bound)} max={bound} />
      <p>
        {formatCount(load.started)} started, {formatCount(load.finished)} finished
        {load.skipped > 0 && `, ${formatCount(load.skipped)} not started in time`} in{" "}
        {(load.elapsedMs / 1000).toFixed(1)} s
      </p>
    </div>
  );
}
