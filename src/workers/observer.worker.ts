import { runPeerWorker } from "./peerWorker.ts";
import type { ObserverCommand } from "./messages.ts";

// Tells how the server is. It never subscribes: a subscription of its own would change what the server does.
runPeerWorker<ObserverCommand>((peer) => ({
  command() {},
  connection: peer.tellConnection,
  close() {},
}));
