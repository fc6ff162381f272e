import type { Arrival, Exchange, Verdict } from "../../../domain/events/exchange.ts";
import { nameOf } from "../../../stores/peers/peersStore.ts";
import { clockStepMs } from "../../../stores/page/clock.ts";
import { formatMeasured } from "../../results/latency/measured.ts";
import { Message } from "./Message.tsx";

/** Enough to tell what happened; a fan-out over two hundred responders would bury the rest. */
const SHOWN = 20;

/** Everything that reached the inbox, or for a request from outside, what was sent there. */
export function Replies({ exchange }: { readonly exchange: Exchange }) {
  const { arrivals, deliveries } = exchange;
  const startedAt = exchange.attemptedAt ?? exchange.sentAt;
  if (arrivals.length > 0) {
    return (
      <>
        {arrivals.slice(0, SHOWN).map((arrival, index) => (
          <section key={`${exchange.seq} ${index}`} className="exchange-reply" data-verdict={arrival.verdict}>
            <h3 className="exchange-heading">
              <span>
                {headingOf(arrival)} <code>{senderOf(arrival)}</code>
              </span>
              {startedAt !== null && (
                <span className="exchange-heading-figure">
                  at {formatMeasured(Math.max(0, arrival.arrivedAt - startedAt), clockStepMs())}
                </span>
              )}
            </h3>
            {arrival.verdict !== "taken" && (
              <p className="exchange-words">
                {arrival.verdict === "late" && exchange.gathers ? LATE_TO_GATHERING : WORDS[arrival.verdict]}
              </p>
            )}
            <Message payload={arrival.message} what="reply" />
          </section>
        ))}
        {arrivals.length > SHOWN && (
          <p className="exchange-words">and {arrivals.length - SHOWN} more, dropped in the same way.</p>
        )}
      </>
    );
  }
  // A responder has a place for each time that it was given the request: its name alone tells them not apart.
  return deliveries.map(({ peer, answer }, index) =>
    answer ? (
      <section key={`${exchange.seq} ${index}`}>
        <h3 className="exchange-heading">
          <span>
            Reply from <code>{nameOf(peer)}</code>
          </span>
        </h3>
        <Message payload={answer} what="reply" />
      </section>
    ) : null,
  );
}

const WORDS: Readonly<Record<Exclude<Verdict, "taken">, string>> = {
  duplicate: "Another reply was taken before this one: the client dropped it.",
  late: "It came after the timeout: the client dropped it.",
  noResponders: "The server itself says that nobody is subscribed to the subject.",
};

const LATE_TO_GATHERING = "It came after the gathering had ended: the client dropped it.";

function headingOf({ verdict, error }: Arrival): string {
  switch (verdict) {
    case "taken":
      return error ? "Error reply from" : "Reply from";
    case "duplicate":
      return "Duplicate reply from";
    case "late":
      return "Late reply from";
    case "noResponders":
      return "503 from";
  }
}

const senderOf = ({ from, verdict }: Arrival): string =>
  verdict === "noResponders" ? "nats-server" : from === null ? "no longer known" : nameOf(from);
