import { IN_TAB } from "../../domain/server/inTabServer.ts";
import { watchInTabServer } from "../../workers/links/inTabLink.ts";
import { startObserverLink, type ObserverLink } from "../../workers/links/observerLink.ts";
import type { ServerAddress } from "../../workers/messages.ts";
import { connectionName } from "../server/classStore.ts";
import { inTabStore } from "../server/inTabStore.ts";
import {
  killRequesterLink,
  killResponderLink,
  linkRequester,
  linkResponder,
  requesterLink,
  responderLink,
} from "./peerLinks.ts";
import { newPeerId, peersStore, rememberName } from "./peersStore.ts";
import { receiveEvents } from "../record/recordStore.ts";
import { sharingOf } from "../server/sharedServersStore.ts";
import { seedStore } from "./seedStore.ts";
import { noteConnection } from "../server/ownConnections.ts";
import { serverStore } from "../server/serverStore.ts";

watchInTabServer((state) => {
  inTabStore.setState(state, true);
  // While it is being fetched nobody connects, so nobody else tells that it failed.
  if (state.kind === "failed" && serverStore.getState().address.url === IN_TAB) {
    serverStore.setState({
      connection: { kind: "failed", reason: { kind: "failed", message: state.reason } },
    });
  }
});

let observer: ObserverLink | null = null;
/** Whose connection tells how the server is: the page's own. */
export const observerId = newPeerId();
rememberName(observerId, "this page");

/**
 * Connects everything on the page to a server: the observer, and anew every requester and responder that is up.
 * Calls in flight to the old server are cancelled. On a server that is shared with strangers it gives everything the page's prefix.
 */
export function connectTo({ url, credentials }: ServerAddress): void {
  const { prefix } = sharingOf(url);
  const address: ServerAddress = { url, credentials, ...(prefix !== null && { prefix }) };
  const { responders, requesters } = peersStore.getState();
  const up = responders.filter((peer) => responderLink(peer.id));
  for (const peer of up) killResponderLink(peer.id, "removed", { kind: "moved" });
  for (const peer of requesters) {
    if (requesterLink(peer.id)) killRequesterLink(peer.id, "removed", { kind: "moved" });
  }
  const { home } = serverStore.getState();
  serverStore.setState({
    address,
    connection: { kind: "connecting" },
    reached: false,
    // Monitoring is reached through the page's own origin, so it tells of the server started with the page only.
    monitoringUrl: address.url === IN_TAB ? IN_TAB : home?.url === address.url ? home.monitoringUrl : null,
  });
  observe(address);
  for (const peer of up) linkResponder(peer.id);
  for (const peer of requesters) linkRequester(peer.id);
}

/** Tries again at once where a connection was given up. */
export function retryConnection(): void {
  connectTo(serverStore.getState().address);
}

function observe(address: ServerAddress): void {
  observer?.kill();
  const link = startObserverLink({
    peer: observerId,
    name: connectionName("roundtrip-page"),
    server: address,
    seed: seedStore.getState().seed,
    onEvents: (batch, offsetMs) => receiveEvents(observerId, batch, offsetMs),
    onConnection: (connection) => {
      noteConnection(observerId, connection);
      serverStore.setState(connection.kind === "connected" ? { connection, reached: true } : { connection });
    },
    onClosed: () => {},
    onProblem: (message) =>
      serverStore.setState({ connection: { kind: "failed", reason: { kind: "failed", message } } }),
  });
  observer = link;
}
