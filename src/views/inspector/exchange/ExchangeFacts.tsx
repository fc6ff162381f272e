import type { Exchange } from "../../../domain/events/exchange.ts";
import { formatMs } from "../../../domain/base/formats.ts";
import { nameOf } from "../../../stores/peers/peersStore.ts";
import { clockTime } from "../../results/messages/clockTime.ts";
import { CopyButton } from "../CopyButton.tsx";

export function ExchangeFacts({ exchange }: { readonly exchange: Exchange }) {
  const { subject, reply, requester, timeoutMs, attemptedAt, sentAt, deliveries } = exchange;
  const at = attemptedAt ?? sentAt ?? deliveries[0]?.deliveredAt ?? null;
  return (
    <dl className="exchange-facts">
      <dt>Subject</dt>
      <dd className="mono">{subject}</dd>
      <dt>Inbox</dt>
      <dd className="mono exchange-inbox">
        {reply}
        {reply !== "" && <CopyButton text={reply} what="inbox" />}
      </dd>
      <dt>Requester</dt>
      <dd className="mono">{requester === null ? "outside" : nameOf(requester)}</dd>
      {timeoutMs !== null && (
        <>
          <dt>Timeout</dt>
          <dd>{formatMs(timeoutMs)}</dd>
        </>
      )}
      {at !== null && (
        <>
          <dt>At</dt>
          <dd>{clockTime(at)}</dd>
        </>
      )}
    </dl>
  );
}
