import { formatCount, NOTHING } from "../../domain/base/formats.ts";
import type { LatencyFigures } from "../../domain/statistics/latency.ts";
import { PERCENTILES } from "../../domain/statistics/percentiles.ts";
import { clockStepMs } from "../../stores/page/clock.ts";
import { formatMeasured } from "../results/latency/measured.ts";

interface Props {
  readonly caption: string;
  readonly rows: readonly { readonly words: string; readonly figures: LatencyFigures | null }[];
}

/** Latencies in rows. A percentile that its replies cannot support is not shown. */
export function FiguresTable({ caption, rows }: Props) {
  const stepMs = clockStepMs();
  return (
    <table className="figures-table runs-table">
      <caption className="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Latency</th>
          {["replies", "min", ...PERCENTILES.map(({ words }) => words), "max"].map((words) => (
            <th key={words} scope="col">
              {words}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ words, figures }) => (
          <tr key={words}>
            <th scope="row">{words}</th>
            <td>{formatCount(figures?.count ?? 0)}</td>
            <td>{figures ? formatMeasured(figures.minMs, stepMs) : NOTHING}</td>
            {PERCENTILES.map(({ key, needs }) => (
              <td key={key}>
                {figures && figures.count >= needs ? formatMeasured(figures[key], stepMs) : NOTHING}
              </td>
            ))}
            <td>{figures ? formatMeasured(figures.maxMs, stepMs) : NOTHING}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
