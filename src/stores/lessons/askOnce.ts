import { decodeUtf8 } from "../../domain/base/utf8.ts";
import type { PeerId } from "../../domain/events/events.ts";
import type { Exchange } from "../../domain/events/exchange.ts";
import { readExchange } from "../../domain/exchanges/readExchange.ts";
import type { RequesterSetup } from "../../domain/setup/setup.ts";
import { requesterLink } from "../peers/peerLinks.ts";
import { patchRequester, requesterOf } from "../peers/peersStore.ts";
import { recordStore } from "../record/recordStore.ts";

/** How much longer than its timeout a request may take to be in the record. */
const GRACE_MS = 5000;

/**
 * Makes one request as a requester would, with a setup that need not be its own, and gives the exchange once it is settled.
 * Null when the requester is gone, or when that takes much longer than the timeout.
 */
export async function askOnce(id: PeerId, setup: RequesterSetup): Promise<Exchange | null> {
  const link = requesterLink(id);
  const peer = requesterOf(id);
  if (!link || !peer) return null;
  const since = recordStore.getState().record.exchanges.last;
  patchRequester(id, { asked: peer.asked + 1 });
  link.send(setup, 1, peer.asked + 1);
  return new Promise((resolve) => {
    const end = (exchange: Exchange | null): void => {
      clearTimeout(timer);
      stop();
      resolve(exchange);
    };
    const timer = setTimeout(() => end(null), setup.timeoutMs + GRACE_MS);
    const stop = recordStore.subscribe(() => {
      const exchange = newest(id, since, setup);
      if (exchange?.outcome) end(exchange);
    });
  });
}

/** The first exchange after `since` that this requester made with this request. */
function newest(id: PeerId, since: number, setup: RequesterSetup): Exchange | undefined {
  const { record } = recordStore.getState();
  for (let seq = since + 1; seq <= record.exchanges.last; seq++) {
    const exchange = readExchange(record, seq);
    if (exchange?.requester !== id || exchange.subject !== setup.subject) continue;
    // Of one that never left, only the subject is known.
    if (!exchange.request || decodeUtf8(exchange.request.bytes) === setup.payload.template) return exchange;
  }
  return undefined;
}
