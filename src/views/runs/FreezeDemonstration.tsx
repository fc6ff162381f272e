import { Play, Square } from "lucide-react";
import { useStore } from "zustand";
import { freezeWords } from "../../domain/load/freezeWords.ts";
import { runFigures } from "../../domain/load/runs.ts";
import { clockStepMs } from "../../stores/page/clock.ts";
import { demonstrateFreeze, freezeStore, stopDemonstration } from "../../stores/loads/freezeStore.ts";
import { Button } from "../controls/Button.tsx";
import { formatMeasured } from "../results/latency/measured.ts";
import { CallsChart } from "./CallsChart.tsx";
import { FiguresTable } from "./FiguresTable.tsx";

/** What a closed and an open load tell of the same two seconds in which a responder stood still. */
export function FreezeDemonstration() {
  const { phase, words, closed, open, frozenMs, trouble } = useStore(freezeStore);
  const stepMs = clockStepMs();
  const description =
    phase === "done" && closed && open && frozenMs
      ? freezeWords(closed, open, frozenMs, (ms) => formatMeasured(ms, stepMs))
      : null;
  const slowest = Math.max(
    ...[closed, open].flatMap((each) => each?.calls.map(({ tookMs }) => tookMs) ?? []),
  );
  // Whole seconds, so that the labels are round.
  const most = Math.max(1000, Math.ceil((slowest - 100) / 1000) * 1000);
  return (
    <div className="runs-freeze">
      <div className="runs-head">
        <p className="runs-title">The same freeze, measured by two load tests</p>
        <p>
          A responder that works for 5 ms on each request is frozen for two seconds. A closed load (1 in
          flight) and an open load (100 a second) ask it at the same time, for six seconds. Real traffic:
          watch the diagram.
        </p>
        <div className="runs-bar">
          {phase === "running" ? (
            <Button onClick={stopDemonstration}>
              <Square size={13} /> Stop demonstration
            </Button>
          ) : (
            <Button look="primary" onClick={() => void demonstrateFreeze()}>
              <Play size={13} /> Freeze it under both
            </Button>
          )}
          <p role="status">{words}</p>
        </div>
        {trouble !== null && <p role="alert">{trouble}</p>}
      </div>
      {description && closed && open && (
        <>
          <div className="runs-pair">
            <section aria-label="Closed load">
              <h3>Closed loop: a new call starts when one finishes</h3>
              <CallsChart label="Closed load" calls={closed.calls} mostMs={most} frozenMs={frozenMs} />
              <p>{description.closed}</p>
            </section>
            <section aria-label="Open load">
              <h3>Open loop: calls start on schedule</h3>
              <CallsChart label="Open load" calls={open.calls} mostMs={most} frozenMs={frozenMs} />
              <p>{description.open}</p>
            </section>
          </div>
          <p className="runs-lesson">{description.both}</p>
          <FiguresTable
            caption="Latency under both models"
            rows={[
              { words: "closed, from the actual start", figures: runFigures(closed.run).fromStart },
              { words: "open, from the planned start", figures: runFigures(open.run).fromPlanned },
              { words: "open, from the actual start", figures: runFigures(open.run).fromStart },
            ]}
          />
        </>
      )}
    </div>
  );
}
