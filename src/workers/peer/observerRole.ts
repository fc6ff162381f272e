import type { ObserverCommand } from "../messages.ts";
import type { Peer, Role } from "./peerWorker.ts";

/** Tells how the server is. It never subscribes: a subscription of its own would change what the server does. */
export const observerRole = (peer: Peer): Role<ObserverCommand> => ({
  command() {},
  connection: peer.tellConnection,
  close() {},
});
