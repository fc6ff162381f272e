import {
  exchangeRange,
  summariseExchange,
  type ExchangeSummary,
} from "../../../domain/exchanges/readExchange.ts";
import { stagesOf } from "../../../domain/narration/stages.ts";
import type { Exchange } from "../../../domain/events/exchange.ts";
import type { TrafficRecord } from "../../../domain/record/trafficRecord.ts";
import { pageNow } from "../../../stores/page/clock.ts";
import { nameOf } from "../../../stores/peers/peersStore.ts";
import { displayedExchange, liveCalls } from "../../../stores/record/displayStore.ts";
import { shownRecord } from "../../../stores/record/shownRecord.ts";
import { select } from "../../../stores/page/selectionStore.ts";
import { Button } from "../../controls/Button.tsx";
import { useDisplayVersion } from "../../record/useDisplay.ts";
import { Stages } from "./Stages.tsx";
import { attributedUpTo } from "../../../domain/record/outside.ts";

/** The six steps of the newest exchange, told as they happen; before the first one, what is about to happen. */
export function LatestSteps() {
  useDisplayVersion();
  const exchange = newestShown(shownRecord());
  if (!exchange) {
    return (
      <div className="steps-empty">
        <p>
          Press <strong>Send</strong>. The request goes to nats-server with a reply subject of its own; the
          server delivers it to a responder; the reply comes back to the requester’s inbox.
        </p>
        <p>Each step appears here as it happens, and moves in the diagram.</p>
      </div>
    );
  }
  return (
    <div className="steps">
      <Stages stages={stagesOf(exchange, nameOf)} startedAt={exchange.attemptedAt ?? exchange.sentAt} />
      <Button onClick={() => select({ kind: "exchange", seq: exchange.seq })}>Look at this exchange</Button>
    </div>
  );
}

/** Events of the two ends come apart: one may be missing that is still on its way from its worker. */
const isKnown = ({ requester, arrivals, deliveries }: ExchangeSummary): boolean =>
  requester !== null && (arrivals === 0 || deliveries > 0);

/** The newest exchange that is shown, of those that no handler asked for: of the others is known who asked and who answered. */
function newestShown(record: TrafficRecord): Exchange | undefined {
  const { first, last } = exchangeRange(record);
  const upTo = attributedUpTo(record, pageNow());
  for (let seq = last; seq >= first; seq--) {
    const row = summariseExchange(record, seq);
    const isOld = row && row.firstAt <= upTo;
    if (!row || !(isKnown(row) || isOld || liveCalls.drawnOf(seq))) continue;
    const exchange = displayedExchange(seq);
    if (exchange?.parent === null) return exchange;
  }
  return undefined;
}
