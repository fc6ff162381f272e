import { Play } from "lucide-react";
import { memo } from "react";
import { callOf } from "../../../domain/exchanges/calls.ts";
import type { Exchange } from "../../../domain/events/exchange.ts";
import type { Failure } from "../../../domain/diagnosis/failure.ts";
import { exchangeRevision } from "../../../domain/exchanges/exchangeRevision.ts";
import { exchangeRange, findExchange, readExchange } from "../../../domain/exchanges/readExchange.ts";
import { formatCount } from "../../../domain/base/formats.ts";
import { stagesOf } from "../../../domain/narration/stages.ts";
import { nameOf } from "../../../stores/peers/peersStore.ts";
import { recordStore } from "../../../stores/record/recordStore.ts";
import { playExchange } from "../../../stores/record/playbackActions.ts";
import { displayedExchange } from "../../../stores/record/displayStore.ts";
import { shownRecord } from "../../../stores/record/shownRecord.ts";
import { useDisplayVersion } from "../../record/useDisplay.ts";
import { useShownEvery } from "../../record/useRecord.ts";
import { Button } from "../../controls/Button.tsx";
import { CallSection } from "./CallSection.tsx";
import { Deliveries } from "./Deliveries.tsx";
import { ExchangeFacts } from "./ExchangeFacts.tsx";
import { ExchangeLink } from "../ExchangeLink.tsx";
import { ExchangeOutcome } from "./ExchangeOutcome.tsx";
import { LegBar } from "./LegBar.tsx";
import { Message } from "./Message.tsx";
import { Replies } from "./Replies.tsx";
import { SendAgain } from "./SendAgain.tsx";
import { SharedReply } from "./SharedReply.tsx";
import { Stages } from "./Stages.tsx";
import { WhyFailed } from "./WhyFailed.tsx";
import { TracePanel } from "./TracePanel.tsx";
import "./exchange.css";
import { nestedIn } from "../../../domain/exchanges/related.ts";

/** One published request and everything that came of it. */
export function ExchangeDetail({ seq }: { readonly seq: number }) {
  useShownEvery(250);
  useDisplayVersion();
  const { record } = recordStore.getState();
  const exchange = displayedExchange(seq);
  if (!exchange) {
    if (readExchange(record, seq)) {
      return <p className="detail-reason">At this moment the exchange has not started yet.</p>;
    }
    const { first, last } = exchangeRange(record);
    return (
      <p className="detail-reason">
        {last < first
          ? "The record is empty: this exchange is no longer in it."
          : `This exchange is no longer in the record, which holds the newest ${formatCount(last - first + 1)}.`}
      </p>
    );
  }
  return <Told exchange={exchange} story={storyOf(exchange, revisionOf(exchange))} />;
}

interface ToldProps {
  readonly exchange: Exchange;
  /** What was told so far; another story is drawn anew, the same one is left standing. */
  readonly story: string;
}

const Told = memo(
  function Told({ exchange }: ToldProps) {
    const record = shownRecord();
    const parent = exchange.parent === null ? undefined : findExchange(record, exchange.parent);
    const nested = nestedIn(record, exchange);
    const failure = failureOf(exchange, nested);
    return (
      <div className="exchange">
        <ExchangeOutcome exchange={exchange} />
        <div className="exchange-tools">
          <Button onClick={() => playExchange(exchange.seq)}>
            <Play size={13} aria-hidden="true" />
            Play this exchange
          </Button>
          <SendAgain exchange={exchange} />
        </div>
        {failure && <WhyFailed failure={failure} />}
        <CallSection exchange={exchange} />
        <ExchangeFacts exchange={exchange} />
        <SharedReply exchange={exchange} />
        {parent && (
          <p className="exchange-words">
            Made while handling <ExchangeLink exchange={parent} />
          </p>
        )}
        {nested.length > 0 && (
          <div className="exchange-words">
            Its handler also asked:
            <ul>
              {nested.map((each) => (
                <li key={each.seq}>
                  <ExchangeLink exchange={each} />
                </li>
              ))}
            </ul>
          </div>
        )}
        <LegBar exchange={exchange} />
        <section>
          <h3 className="exchange-heading">Request</h3>
          {exchange.request ? (
            <Message payload={exchange.request} what="request" />
          ) : (
            <p className="exchange-words">Its bytes are not in the record.</p>
          )}
        </section>
        <Replies exchange={exchange} />
        <TracePanel exchange={exchange} />
        <Deliveries exchange={exchange} />
        <details className="exchange-more" open>
          <summary>Step by step</summary>
          <Stages stages={stagesOf(exchange, nameOf)} startedAt={exchange.attemptedAt ?? exchange.sentAt} />
        </details>
      </div>
    );
  },
  (before, after) => before.story === after.story,
);

/** Of the exchange and of all that are attempts of the same call. */
function revisionOf(exchange: Exchange): string {
  const { record } = recordStore.getState();
  const call = callOf(shownRecord(), exchange);
  if (!call) return String(exchangeRevision(record, exchange.seq));
  return [...call.attempts.map(({ seq }) => exchangeRevision(record, seq)), call.outcome].join(" ");
}

function failureOf(exchange: Exchange, nested: readonly Exchange[]): Failure | null {
  const { outcome, reason, settledAt, requester } = exchange;
  if (outcome === null || outcome === "replied" || settledAt === null) return null;
  return { outcome, reason, at: settledAt, requester, exchange, nested };
}

/** Everything of an exchange that still may change, in a text that can be compared. */
const storyOf = (
  { seq, outcome, sentAt, settledAt, deliveries, arrivals }: Exchange,
  revision: string,
): string =>
  JSON.stringify([
    seq,
    revision,
    outcome,
    sentAt,
    settledAt,
    arrivals.length,
    deliveries.map(({ peer, handlingAt, handledAt, answeredAt }) => [
      peer,
      handlingAt,
      handledAt,
      answeredAt,
    ]),
  ]);
