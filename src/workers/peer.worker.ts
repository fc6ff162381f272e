import { comparisonRole } from "./comparisonRole.ts";
import { observerRole } from "./observerRole.ts";
import { runPeerWorker } from "./peerWorker.ts";
import { requesterRole } from "./requesterRole.ts";
import { responderRole } from "./responderRole.ts";

// One script for every worker that has a connection: most of it is what all of them need, and so it is fetched once.
runPeerWorker({
  requester: requesterRole,
  responder: responderRole,
  observer: observerRole,
  comparison: comparisonRole,
});
