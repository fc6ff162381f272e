import { describeReason } from "../../../domain/narration/describeReason.ts";
import type { HandlerResult } from "../../../domain/events/events.ts";
import type { Delivery, Exchange } from "../../../domain/events/exchange.ts";
import { formatCount } from "../../../domain/base/formats.ts";
import { nameOf } from "../../../stores/peers/peersStore.ts";
import { select } from "../../../stores/page/selectionStore.ts";
import { clockStepMs } from "../../../stores/page/clock.ts";
import { clockTime } from "../../results/messages/clockTime.ts";
import { formatMeasured } from "../../results/latency/measured.ts";

/** Which responders of this page the server gave the request to, and what each made of it. */
export function Deliveries({ exchange }: { readonly exchange: Exchange }) {
  const { deliveries } = exchange;
  if (deliveries.length === 0) return null;
  return (
    <section>
      <h3 className="exchange-heading">Given to {givenTo(deliveries)}</h3>
      <table className="exchange-deliveries" aria-label="Deliveries">
        <thead>
          <tr>
            <th scope="col">responder</th>
            <th scope="col">waited</th>
            <th scope="col">handled</th>
            <th scope="col">result</th>
          </tr>
        </thead>
        <tbody>
          {deliveries.map((delivery, index) => (
            <tr key={`${exchange.seq} ${index}`}>
              <th scope="row">
                <button
                  type="button"
                  className="exchange-link mono"
                  onClick={() => select({ kind: "responder", id: delivery.peer })}
                >
                  {nameOf(delivery.peer)}
                </button>
              </th>
              <td>{between(delivery.deliveredAt, delivery.handlingAt)}</td>
              <td>{between(delivery.handlingAt, delivery.handledAt)}</td>
              <td>
                {resultOf(delivery)}
                {delivery.error !== null && (
                  <p className="exchange-error">{describeReason(delivery.error)}</p>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** One responder gets a request more than once where two of its subscriptions match, or where it was sent twice. */
function givenTo(deliveries: readonly Delivery[]): string {
  const responders = new Set(deliveries.map(({ peer }) => peer)).size;
  const times = deliveries.length;
  const whom = responders === 1 ? "one responder" : `${formatCount(responders)} responders`;
  return times === responders ? whom : `${whom}, ${formatCount(times)} times in all`;
}

const RESULTS: Readonly<Record<HandlerResult, string>> = {
  replied: "replied",
  errorReply: "error reply",
  threw: "threw",
  dropped: "never replies",
  aborted: "was ended",
};

function resultOf({ result, deliveredAt, handlingAt, replyRefused }: Delivery): string {
  if (replyRefused) return "reply refused";
  if (result !== null) return RESULTS[result];
  return handlingAt === null
    ? `holding it since ${clockTime(deliveredAt)}`
    : `working since ${clockTime(handlingAt)}`;
}

function between(from: number | null, to: number | null): string {
  return from === null || to === null ? "…" : formatMeasured(Math.max(0, to - from), clockStepMs());
}
