import { describeEnd } from "../../../domain/narration/describeReason.ts";
import type { Exchange } from "../../../domain/events/exchange.ts";
import { formatCounted } from "../../../domain/base/formats.ts";
import { clockStepMs } from "../../../stores/page/clock.ts";
import { formatMeasured } from "../../results/latency/measured.ts";
import { OutcomeMark, standingWords } from "../../results/messages/OutcomeMark.tsx";

interface Props {
  readonly exchange: Exchange;
}

/** How it ended, how long that took, and why. */
export function ExchangeOutcome({ exchange }: Props) {
  const { outcome, attemptedAt, settledAt, requester, arrivals } = exchange;
  const words = describeEnd(exchange);
  const asked = requester !== null || attemptedAt !== null;
  const standing = outcome ?? (asked ? "inFlight" : null);
  // Where the call took longer than this attempt, two times are shown: each by its name.
  const several = exchange.backoff !== null || (exchange.attempt ?? 1) > 1;
  const count = (verdict: "late" | "duplicate"): number =>
    arrivals.filter((arrival) => arrival.verdict === verdict).length;
  const late = count("late");
  const duplicate = count("duplicate");
  return (
    <div>
      <p className="exchange-outcome" role="note" aria-label="Outcome">
        {standing === null ? (
          <AskedOutside exchange={exchange} />
        ) : (
          <>
            <OutcomeMark standing={standing} />
            {standingWords(standing)}
          </>
        )}
        {attemptedAt !== null && settledAt !== null && (
          <span className="exchange-latency">
            {several && "this attempt "}
            {formatMeasured(settledAt - attemptedAt, clockStepMs())}
          </span>
        )}
      </p>
      {words !== "" && <p className="exchange-words">{words}</p>}
      {duplicate > 0 && (
        <p className="exchange-words">
          {formatCounted(duplicate, "more reply", "more replies")} came after the one that was taken, and the
          client dropped {duplicate === 1 ? "it" : "them"}.
        </p>
      )}
      {late > 0 && (
        <p className="exchange-words">
          {formatCounted(late, "reply", "replies")} came after{" "}
          {exchange.gathers ? "the gathering" : "the timeout"}: the work was done, and nobody was waiting.
        </p>
      )}
    </div>
  );
}

/** What a responder here made of a request of a program elsewhere; how it ended there is not seen. */
function AskedOutside({ exchange: { deliveries } }: Props) {
  const failed = deliveries.some(
    ({ result, answeredAt }) => answeredAt !== null && (result === "errorReply" || result === "threw"),
  );
  if (!failed) return "asked outside this page";
  return (
    <>
      <OutcomeMark standing="errorReply" />
      asked outside this page, answered here with an error
    </>
  );
}
