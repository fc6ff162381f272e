import { formatCount } from "../../../domain/base/formats.ts";
import type { Exchange } from "../../../domain/events/exchange.ts";
import { readExchange } from "../../../domain/exchanges/readExchange.ts";
import { MOST_SHARING, sharingReply } from "../../../domain/record/sharedReply.ts";
import { shownRecord } from "../../../stores/record/shownRecord.ts";
import { clockTime } from "../../results/messages/clockTime.ts";
import { ExchangeLink } from "../ExchangeLink.tsx";

/** So many of the other requests are named. */
const NAMED = 5;

const beganAt = ({ deliveries, sentAt }: Exchange): string => {
  const at = sentAt ?? deliveries[0]?.deliveredAt;
  return at === undefined ? "" : `at ${clockTime(at)}`;
};

/** That a program gave several requests the same reply subject, so that their replies cannot be told apart for sure. */
export function SharedReply({ exchange: { seq, key } }: { readonly exchange: Exchange }) {
  const record = shownRecord();
  const all = sharingReply(record, key, MOST_SHARING);
  const others = all.filter((each) => each !== seq);
  if (others.length === 0) return null;
  const count = `${all.length === MOST_SHARING ? "At least " : ""}${formatCount(others.length + 1)}`;
  return (
    <div className="exchange-words" role="note" aria-label="Shared reply subject">
      {count} requests used this reply subject. A reply does not say which of them it answers: each is shown
      with the oldest request that its responder has not answered yet.
      <ul>
        {others.slice(-NAMED).map((each) => {
          const other = readExchange(record, each);
          return (
            other && (
              <li key={each}>
                <ExchangeLink exchange={other} /> {beganAt(other)}
              </li>
            )
          );
        })}
      </ul>
    </div>
  );
}
