import { exchangeRange } from "../../domain/readExchange.ts";
import { recordStore } from "../../stores/recordStore.ts";
import { useRecordEvery } from "../results/useRecordEvery.ts";

/** Many exchanges over time, and the selected one step by step. */
export function TimelineTab() {
  useRecordEvery(250);
  const { first, last } = exchangeRange(recordStore.getState().record);
  if (last < first) {
    return (
      <div className="results-empty">
        <p className="results-empty-title">Send a request and its way through time shows here.</p>
        <p>Each exchange is a row: see queueing, retries, a freeze, a restart.</p>
      </div>
    );
  }
  return <p className="results-empty">Drawing …</p>;
}
