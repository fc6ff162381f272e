import { readCounters } from "../../domain/record/counters.ts";
import { peersStore } from "./peersStore.ts";
import { recordStore } from "../record/recordStore.ts";
import { serverStore } from "../server/serverStore.ts";

/** How long every peer is to have been connected without a call in flight, in ms: twice as long as what is shown may lag behind. */
const SETTLED_MS = 200;
/** How long one waits for that at most, in ms. */
const PATIENCE_MS = 1500;

/**
 * Ends when the connections are made and nobody waits for a reply, or when there is nothing to wait for: what is fetched then takes
 * nothing from the first reply's share of the network and of the processors.
 */
export function whenIdle(): Promise<void> {
  return new Promise((resolve) => {
    let settling: ReturnType<typeof setTimeout> | undefined;
    const end = (): void => {
      clearTimeout(settling);
      clearTimeout(patience);
      for (const stop of stops) stop();
      resolve();
    };
    const look = (): void => {
      const settled = serverStore.getState().connection.kind === "failed" || (allConnected() && !inFlight());
      if (settled) settling ??= setTimeout(end, SETTLED_MS);
      else {
        clearTimeout(settling);
        settling = undefined;
      }
    };
    const patience = setTimeout(end, PATIENCE_MS);
    const stops = [serverStore, peersStore, recordStore].map((store) => store.subscribe(look));
    look();
  });
}

function allConnected(): boolean {
  const { requesters, responders } = peersStore.getState();
  const peers = [...requesters, ...responders];
  return peers.length > 0 && peers.every(({ state }) => state !== "starting");
}

/** A call counts from the click, before its worker says that it was started. */
function inFlight(): boolean {
  const { calls } = readCounters(recordStore.getState().record);
  const asked = peersStore.getState().requesters.reduce((sum, peer) => sum + peer.asked, 0);
  return calls.inFlight > 0 || calls.started < asked;
}
