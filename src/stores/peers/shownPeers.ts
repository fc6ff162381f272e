import { createStore } from "zustand/vanilla";
import type { ConnectionState } from "../../domain/server/connection.ts";
import { pageNow } from "../page/clock.ts";
import { peersStore, type RequesterPeer, type ResponderPeer } from "./peersStore.ts";
import { serverStore } from "../server/serverStore.ts";
import { shownStore } from "../record/shownRecord.ts";
import { lastStateOf } from "../../domain/record/peerStates.ts";
import type { Instant } from "../../domain/base/instant.ts";

/** Who takes part, and how the server stands, at the instant that the page shows. */
interface ShownPeers {
  readonly responders: readonly ResponderPeer[];
  readonly requesters: readonly RequesterPeer[];
  readonly connection: ConnectionState;
}

const present = (): ShownPeers => {
  const { responders, requesters } = peersStore.getState();
  return { responders, requesters, connection: serverStore.getState().connection };
};

export const shownPeersStore = createStore<ShownPeers>(present);

/** Who took part from when on, oldest first. What was set up is no event of the wire, so the page remembers it here. */
let history: { readonly at: Instant; readonly peers: ShownPeers }[] = [];
/** Of the last of them: with many peers a text is longer than all else that is kept. */
let lastText = "";
const MOST_KEPT = 1000;

function remember(): void {
  const peers = present();
  const text = textOf(peers);
  if (lastText === text) return;
  lastText = text;
  history.push({ at: pageNow(), peers });
  if (history.length > MOST_KEPT) history = history.slice(-MOST_KEPT / 2);
}

/** What of it is worth remembering: a load's progress and round trips change all the time. */
const textOf = ({ responders, requesters, connection }: ShownPeers): string =>
  JSON.stringify([
    responders.map(({ id, setup, state }) => [id, setup.name, setup.subject, setup.queue, state]),
    requesters.map(({ id, setup, state }) => [id, setup.name, setup.subject, state]),
    connection.kind,
  ]);

function show(): void {
  const { record } = shownStore.getState();
  if (record.past === null) {
    shownPeersStore.setState(present());
    return;
  }
  const { at } = record.past;
  const peers = (history.findLast((entry) => entry.at <= at) ?? history[0])?.peers ?? present();
  const asOf = <Peer extends ResponderPeer | RequesterPeer>(peer: Peer): Peer => {
    const change = lastStateOf(record, peer.id);
    return change ? { ...peer, state: change.state, reason: change.reason } : peer;
  };
  const shown = {
    responders: peers.responders.map(asOf),
    requesters: peers.requesters.map(asOf),
    connection: peers.connection,
  };
  // The instant changes in every frame, who takes part hardly ever.
  if (textOf(shown) !== textOf(shownPeersStore.getState())) shownPeersStore.setState(shown);
}

remember();
for (const store of [peersStore, serverStore]) {
  store.subscribe(() => {
    remember();
    if (shownStore.getState().record.past === null) shownPeersStore.setState(present());
  });
}
shownStore.subscribe(({ record }, before) => {
  if (record.past !== null || before.record.past !== null) show();
});
