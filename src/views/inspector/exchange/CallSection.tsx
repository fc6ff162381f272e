import { describeCallEnd } from "../../../domain/narration/describeReason.ts";
import { callOf, type Call } from "../../../domain/exchanges/calls.ts";
import type { Exchange } from "../../../domain/events/exchange.ts";
import { formatCount, formatMs } from "../../../domain/base/formats.ts";
import { OUTCOME_WORDS } from "../../../domain/events/outcomes.ts";
import { select } from "../../../stores/page/selectionStore.ts";
import { shownRecord } from "../../../stores/record/shownRecord.ts";
import { leftWords, useLeft } from "../../record/useLeft.ts";
import { clockStepMs } from "../../../stores/page/clock.ts";
import { formatMeasured } from "../../results/latency/measured.ts";
import { OutcomeMark, standingWords } from "../../results/messages/OutcomeMark.tsx";

/** The call that an exchange is an attempt of, where there is more to tell than of the exchange alone. */
export function CallSection({ exchange }: { readonly exchange: Exchange }) {
  const call = callOf(shownRecord(), exchange);
  const left = useLeft(call?.waits?.until ?? null);
  if (!call || isAlone(call, exchange)) return null;
  const { calledAt, concludedAt, attempts, outcome, handled, waits } = call;
  const words = describeCallEnd(call);
  const stepMs = clockStepMs();
  return (
    <section aria-label="Call">
      <h3 className="exchange-heading">
        <span>
          Call: <OutcomeMark standing={outcome ?? "inFlight"} />{" "}
          {outcome === null ? standingWords("inFlight") : OUTCOME_WORDS[outcome]}
        </span>
        {calledAt !== null && concludedAt !== null && (
          <span className="exchange-heading-figure" title="From the call to its outcome, waits included">
            whole call {formatMeasured(concludedAt - calledAt, stepMs)}
          </span>
        )}
      </h3>
      {words !== "" && <p className="exchange-words">{words}</p>}
      <table className="exchange-deliveries" aria-label="Attempts">
        <thead>
          <tr>
            <th scope="col">attempt</th>
            <th scope="col">after</th>
            <th scope="col">took</th>
            <th scope="col">outcome</th>
            <th scope="col">then waited</th>
          </tr>
        </thead>
        <tbody>
          {attempts.map((attempt) => (
            <tr key={attempt.seq} aria-current={attempt.seq === exchange.seq ? "true" : undefined}>
              <th scope="row">
                <button
                  type="button"
                  className="exchange-link"
                  aria-label={`Attempt ${attempt.attempt}`}
                  onClick={() => select({ kind: "exchange", seq: attempt.seq })}
                >
                  {attempt.attempt}
                </button>
              </th>
              <td>{calledAt === null ? "…" : sinceCall(attempt, calledAt, stepMs)}</td>
              <td>{tookOf(attempt, stepMs)}</td>
              <td>{standingWords(attempt.outcome ?? "inFlight")}</td>
              <td>{waitOf(attempt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {waits && left !== null && (
        <p className="exchange-words">
          Attempt {waits.attempt} follows in {leftWords(left)}.
        </p>
      )}
      {attempts.length > 1 && <p className="exchange-words">{handlerWords(handled)}</p>}
    </section>
  );
}

/** One attempt that ended as its call did. */
const isAlone = ({ attempts, outcome, waits }: Call, exchange: Exchange): boolean =>
  attempts.length < 2 && waits === null && (outcome === null || outcome === exchange.outcome);

function sinceCall({ attemptedAt }: Exchange, calledAt: number, stepMs: number): string {
  return attemptedAt === null ? "…" : formatMeasured(Math.max(0, attemptedAt - calledAt), stepMs);
}

function tookOf({ attemptedAt, settledAt }: Exchange, stepMs: number): string {
  return attemptedAt === null || settledAt === null ? "…" : formatMeasured(settledAt - attemptedAt, stepMs);
}

const waitOf = ({ backoff }: Exchange): string => (backoff === null ? "" : formatMs(backoff.ms));

function handlerWords(handled: number): string {
  if (handled === 0) return "No handler in this page ran for it.";
  if (handled === 1) return "A handler ran once for it.";
  return `Handlers ran ${formatCount(handled)} times for this one call. Unless they are idempotent, their work was done that often.`;
}
