import { failedBefore, readUnsentCall } from "../../../domain/exchanges/unsentCall.ts";
import { nameOf } from "../../../stores/peers/peersStore.ts";
import { recordStore } from "../../../stores/record/recordStore.ts";
import { useRecordVersion } from "../../record/useRecord.ts";
import { clockTime } from "../../results/messages/clockTime.ts";
import { OutcomeMark, standingWords } from "../../results/messages/OutcomeMark.tsx";
import { WhyFailed } from "./WhyFailed.tsx";
import "./exchange.css";

/** A call of which nothing was published: there is no exchange to look at, but a reason to tell. */
export function UnsentDetail({ number }: { readonly number: number }) {
  useRecordVersion();
  const { record } = recordStore.getState();
  const call = readUnsentCall(record, number);
  if (!call) return <p className="detail-reason">This call is no longer in the record.</p>;
  const { outcome, requester, at } = call;
  return (
    <div className="exchange">
      <p className="exchange-outcome" role="note" aria-label="Outcome">
        <OutcomeMark standing={outcome} />
        {standingWords(outcome)}
      </p>
      <WhyFailed
        failure={{ ...call, exchange: null, nested: [], failedBefore: failedBefore(record, requester, at) }}
      />
      <dl className="exchange-facts">
        <dt>Requester</dt>
        <dd className="mono">{nameOf(requester)}</dd>
        <dt>At</dt>
        <dd>{clockTime(at)}</dd>
      </dl>
    </div>
  );
}
