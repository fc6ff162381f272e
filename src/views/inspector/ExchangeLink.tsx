import type { Exchange } from "../../domain/events/exchange.ts";
import { select } from "../../stores/page/selectionStore.ts";
import { OutcomeMark } from "../results/messages/OutcomeMark.tsx";

/** Another exchange, to go to. */
export function ExchangeLink({ exchange }: { readonly exchange: Exchange }) {
  return (
    <button
      type="button"
      className="exchange-link mono"
      onClick={() => select({ kind: "exchange", seq: exchange.seq })}
    >
      {/* How one ended that was asked outside is not seen here. */}
      {(exchange.requester !== null || exchange.outcome !== null) && (
        <OutcomeMark standing={exchange.outcome ?? "inFlight"} />
      )}
      {exchange.subject}
    </button>
  );
}
