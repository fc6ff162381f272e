import { IN_TAB } from "../../domain/server/inTabServer.ts";
import { watchInTabServer } from "../../workers/links/inTabLink.ts";
import { startObserverLink, type ObserverLink } from "../../workers/links/observerLink.ts";
import type { PeerId } from "../../domain/events/events.ts";
import type { Reason } from "../../domain/events/reasons.ts";
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
  const up = disconnectPeers({ kind: "moved" }, false);
  const { home } = serverStore.getState();
  serverStore.setState({
    address,
    connection: { kind: "connecting" },
    reached: false,
    // Monitoring is reached through the page's own origin, so it tells of the server started with the page only.
    monitoringUrl: address.url === IN_TAB ? IN_TAB : home?.url === address.url ? home.monitoringUrl : null,
  });
  observe(address);
  for (const id of up) linkResponder(id);
  for (const { id } of peersStore.getState().requesters) linkRequester(id);
}

/** Ends every requester and responder that is up. Gives the responders. */
function disconnectPeers(reason: Reason, atOnce: boolean): readonly PeerId[] {
  const { responders, requesters } = peersStore.getState();
  const up = responders.map(({ id }) => id).filter((id) => responderLink(id));
  for (const id of up) killResponderLink(id, "removed", reason, atOnce);
  for (const { id } of requesters) if (requesterLink(id)) killRequesterLink(id, "removed", reason, atOnce);
  return up;
}

/**
 * Ends every connection when the page is left, and makes them again if it comes back: a browser may keep a page for the way back, with its
 * workers and sockets, and the server would go on choosing responders that do not run.
 */
export function disconnectWhileLeft(): void {
  let up: readonly PeerId[] | null = null;
  window.addEventListener("pagehide", () => {
    if (up !== null) return;
    const requesters = peersStore.getState().requesters.filter(({ id }) => requesterLink(id));
    up = [...disconnectPeers({ kind: "pageLeft" }, true), ...requesters.map(({ id }) => id)];
    void observer?.kill(true);
  });
  window.addEventListener("pageshow", () => {
    const back = up;
    up = null;
    if (back === null) return;
    serverStore.setState({ connection: { kind: "connecting" } });
    observe(serverStore.getState().address);
    for (const id of back) {
      linkResponder(id);
      linkRequester(id);
    }
  });
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
