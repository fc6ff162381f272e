import { Play, Square } from "lucide-react";
import { useState } from "react";
import { useStore } from "zustand";
import {
  TRANSPORTS,
  TRANSPORT_WORDS,
  transportFigures,
  type Transport,
  type TransportResult,
} from "../../domain/load/comparison.ts";
import { formatCount, NOTHING } from "../../domain/base/formats.ts";
import { PERCENTILES } from "../../domain/statistics/percentiles.ts";
import { comparisonUrl, runComparison, stopComparison } from "../../stores/loads/comparisonActions.ts";
import { comparisonStore } from "../../stores/loads/comparisonStore.ts";
import { serverStore } from "../../stores/server/serverStore.ts";
import { Button } from "../controls/Button.tsx";
import { NumberField } from "../controls/NumberField.tsx";
import { refuseInvalid } from "../controls/refuseInvalid.ts";
import { clockStepMs } from "../../stores/page/clock.ts";
import { formatClockStep, formatMeasured } from "../results/latency/measured.ts";
import { claimsBeside } from "./claims.ts";
import "./comparison.css";

/** The same handler over NATS and over HTTP, in one run, and what is often said of the two beside it. */
export function ComparisonTab() {
  const state = useStore(comparisonStore);
  const possible = useStore(serverStore, () => comparisonUrl() !== null);
  const [rounds, setRounds] = useState(300);
  const { phase, progress, trouble, cut } = state;
  const running = phase === "starting" || phase === "running";
  const stepMs = clockStepMs();
  return (
    <div className="comparison">
      <div className="comparison-head">
        <p className="comparison-words">
          One handler, the user lookup, asked in four ways: one request at a time, in turn, timed in one
          worker from the question to the whole reply.
        </p>
        {possible ? (
          <div className="comparison-bar">
            <NumberField
              label="Requests each"
              value={rounds}
              min={10}
              max={5000}
              whole
              onChange={setRounds}
            />
            {running ? (
              <Button onClick={stopComparison}>
                <Square size={13} /> Cancel comparison
              </Button>
            ) : (
              <Button
                look="primary"
                onClick={({ currentTarget }) => {
                  if (!refuseInvalid(currentTarget.closest(".comparison-bar"), "Nothing was compared."))
                    void runComparison(rounds);
                }}
              >
                <Play size={13} /> Run comparison
              </Button>
            )}
            <progress
              aria-label="Comparison progress"
              value={progress?.done ?? 0}
              max={Math.max(1, progress?.of ?? rounds)}
            />
            <p role="status" className="comparison-status">
              {statusWords(phase, progress?.done ?? 0, progress?.of ?? rounds, cut)}
            </p>
          </div>
        ) : (
          <p role="note" className="comparison-none">
            This needs the server that comes with the page: it offers the same handler over HTTP, from the
            page’s own address. A page on a static host has none, nor does one that is connected to another
            NATS server. Run <code>npm start</code> and open the address it prints.
          </p>
        )}
        {trouble !== null && <p role="alert">{trouble}</p>}
      </div>
      {/* Focusable, so that the keyboard can scroll it. */}
      <div
        className="figures-table comparison-tables"
        tabIndex={0}
        role="group"
        aria-label="What was compared"
      >
        <table className="figures-table comparison-table">
          <caption className="visually-hidden">Latency of each way</caption>
          <thead>
            <tr>
              <th scope="col">Way</th>
              {["count", "min", "p50", "p90", "p99", "p99.9", "max"].map((words) => (
                <th key={words} scope="col">
                  {words}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {TRANSPORTS.map((way) => (
              <Row key={way} way={way} result={progress?.results[way]} stepMs={stepMs} />
            ))}
          </tbody>
        </table>
        <p className="comparison-note">
          The clock steps by {formatClockStep(stepMs)}. p90 needs at least 10 requests, p99 100, p99.9 1,000.
          Five rounds before the first are not counted.
        </p>
        <table className="figures-table comparison-table comparison-claims">
          <caption className="visually-hidden">What is often said, and what was measured</caption>
          <thead>
            <tr>
              <th scope="col">Often said</th>
              <th scope="col">of NATS</th>
              <th scope="col">of HTTP</th>
              <th scope="col">Here</th>
            </tr>
          </thead>
          <tbody>
            {claimsBeside(state, stepMs).map(({ aspect, said, seen }) => (
              <tr key={aspect}>
                <th scope="row">{aspect}</th>
                <td>{said[0]}</td>
                <td>{said[1]}</td>
                <td>{seen}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <dl className="comparison-ways">
          {TRANSPORTS.map((way) => (
            <div key={way}>
              <dt>{TRANSPORT_WORDS[way].title}</dt>
              <dd>{TRANSPORT_WORDS[way].what}</dd>
            </div>
          ))}
        </dl>
      </div>
    </div>
  );
}

interface RowProps {
  readonly way: Transport;
  readonly result: TransportResult | undefined;
  readonly stepMs: number;
}

function Row({ way, result, stepMs }: RowProps) {
  const { title } = TRANSPORT_WORDS[way];
  const aside = asideWords(way, result);
  const figures = result ? transportFigures(result) : null;
  const cells: readonly (readonly [ms: number | undefined, needs: number])[] = [
    [figures?.minMs, 0],
    ...PERCENTILES.map(({ key, needs }) => [figures?.[key], needs] as const),
    [figures?.maxMs, 0],
  ];
  const count = figures?.count ?? 0;
  return (
    <tr>
      <th scope="row">
        {title}
        {aside !== "" && <span className="comparison-what">{aside}</span>}
      </th>
      <td>{formatCount(count)}</td>
      {cells.map(([ms, needs], index) => (
        <td key={index}>{ms === undefined || count < needs ? NOTHING : formatMeasured(ms, stepMs)}</td>
      ))}
    </tr>
  );
}

function asideWords(way: Transport, result: TransportResult | undefined): string {
  if (!result) return "";
  const { failures, setAside, reason } = result;
  const failed = failures > 0 ? ` ${formatCount(failures)} failed: ${reason}` : "";
  const aside =
    setAside > 0
      ? ` ${formatCount(setAside)} excluded: they ${way === "httpNew" ? "reused" : "opened"} a connection.`
      : "";
  return `${failed}${aside}`.trim();
}

function statusWords(phase: string, done: number, of: number, cut: boolean): string {
  if (phase === "starting") return "The page’s server connects to NATS …";
  if (phase === "running") return `${formatCount(done)} of ${formatCount(of)} rounds`;
  if (done === 0) return cut ? "Cancelled." : "";
  return cut
    ? `Cancelled after ${formatCount(done)} of ${formatCount(of)} rounds.`
    : `Done: ${formatCount(done)} rounds.`;
}
