import { laterRole } from "./laterRole.ts";
import { observerRole } from "./observerRole.ts";
import { roomRole } from "./roomRole.ts";
import { runPeerWorker } from "./peerWorker.ts";
import { requesterRole } from "./requesterRole.ts";
import { responderRole } from "./responderRole.ts";

// Whoever reads an error here reads its words; the trace of each would cost more than what it is thrown for.
Object.assign(Error, { stackTraceLimit: 0 });

// One script for every worker that has a connection: most of it is what all of them need, and so it is fetched once.
runPeerWorker({
  requester: requesterRole,
  responder: responderRole,
  observer: observerRole,
  room: roomRole,
  comparison: laterRole(async () => (await import("./comparisonRole.ts")).comparisonRole),
});
