import type { Exchange } from "../../../domain/events/exchange.ts";
import { LATENCY_PART_WORDS, latencyBreakdown } from "../../../domain/timeline/latencyBreakdown.ts";
import { clockStepMs } from "../../../stores/page/clock.ts";
import { formatMeasured } from "../../results/latency/measured.ts";

/** Where the time went: a bar to scale, and each leg's exact time. */
export function LegBar({ exchange }: { readonly exchange: Exchange }) {
  const legs = latencyBreakdown(exchange);
  const total = legs.reduce((sum, { ms }) => sum + ms, 0);
  if (legs.length === 0) return null;
  const stepMs = clockStepMs();
  return (
    <section>
      <h3 className="exchange-heading">
        Where the time went
        <span className="exchange-heading-figure">{formatMeasured(total, stepMs)}</span>
      </h3>
      <div className="exchange-bar" aria-hidden="true">
        {legs.map(({ kind, fromAt, ms }, index) => (
          <span
            key={`${index} ${fromAt}`}
            data-leg={kind}
            style={{ flexGrow: total === 0 ? 1 : ms / total }}
          />
        ))}
      </div>
      <dl className="exchange-legs">
        {legs.map(({ kind, fromAt, ms }, index) => (
          <div key={`${index} ${fromAt}`}>
            <dt>
              <span className="exchange-swatch" data-leg={kind} aria-hidden="true" />
              {kind === "unanswered" && exchange.outcome === "timedOut"
                ? "no answer until the timeout"
                : LATENCY_PART_WORDS[kind]}
            </dt>
            <dd>{formatMeasured(ms, stepMs)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
