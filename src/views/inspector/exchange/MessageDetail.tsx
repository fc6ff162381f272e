import { readPlainMessage } from "../../../domain/exchanges/plainMessage.ts";
import { nameOf } from "../../../stores/peers/peersStore.ts";
import { recordStore } from "../../../stores/record/recordStore.ts";
import { useRecordVersion } from "../../record/useRecord.ts";
import { clockTime } from "../../results/messages/clockTime.ts";
import { Message } from "./Message.tsx";
import "./exchange.css";

/** A message without a reply subject: it is no request, and has no outcome. */
export function MessageDetail({ number }: { readonly number: number }) {
  useRecordVersion();
  const message = readPlainMessage(recordStore.getState().record, number);
  if (!message) return <p className="detail-reason">This message is no longer in the record.</p>;
  const { subject, peer, at, payload } = message;
  return (
    <div className="exchange">
      <p className="exchange-words">
        A program outside this page published this message without a reply subject, so no reply was asked for.{" "}
        It was given to {nameOf(peer)}; what a handler returns for it goes nowhere. It counts in no outcome.
      </p>
      <dl className="exchange-facts">
        <dt>Subject</dt>
        <dd className="mono">{subject}</dd>
        <dt>Inbox</dt>
        <dd>none</dd>
        <dt>Given to</dt>
        <dd className="mono">{nameOf(peer)}</dd>
        <dt>At</dt>
        <dd>{clockTime(at)}</dd>
      </dl>
      <section>
        <h3 className="exchange-heading">Message</h3>
        <Message payload={payload} what="message" />
      </section>
    </div>
  );
}
