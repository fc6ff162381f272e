import { readExchange, exchangeRange } from "../../domain/readExchange.ts";
import { stagesOf } from "../../domain/stages.ts";
import { nameOf } from "../../stores/peersStore.ts";
import { recordStore } from "../../stores/recordStore.ts";
import { select } from "../../stores/selectionStore.ts";
import { Button } from "../controls/Button.tsx";
import { useRecordVersion } from "../controls/useRecord.ts";
import { Stages } from "./Stages.tsx";

/** The six steps of the newest exchange, told as they happen; before the first one, what is about to happen. */
export function LatestSteps() {
  useRecordVersion();
  const { record } = recordStore.getState();
  const { last } = exchangeRange(record);
  const exchange = readExchange(record, last);
  if (!exchange) {
    return (
      <div className="steps-empty">
        <p>
          Press <strong>Send</strong>. The request goes to nats-server with a reply subject of its own; the
          server gives it to a responder; the reply comes back to the requester’s inbox.
        </p>
        <p>Each step is told here as it happens, and drawn in the diagram.</p>
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
