import { isGone, type PeerState } from "../events/events.ts";
import { advice, type Remedy, type ResponderContext, type DiagnosisContext } from "./failure.ts";

/** How a responder stands that does not serve, after its name and “but”. */
export const STATE_NOW: Readonly<Record<PeerState, string>> = {
  starting: "is still connecting",
  connected: "is up",
  reconnecting: "has lost its connection",
  disconnected: "is disconnected",
  frozen: "is frozen",
  draining: "takes no new request: it drains",
  drained: "has drained and closed",
  killed: "was killed",
  crashed: "has crashed",
  removed: "was removed",
  unreviewed: "waits for somebody to agree to its handler",
  notSubscribed: "is connected and not subscribed",
};

/** How to have a responder back that does not serve. */
export function againRemedies(
  responder: ResponderContext,
  { nameOf, connected, startsServer }: DiagnosisContext,
): Remedy[] {
  const name = nameOf(responder.id);
  if (responder.state === "unreviewed")
    return [advice(`Look at the handler of ${name} and agree to it, and it starts.`)];
  if (isGone(responder.state))
    return [{ words: `Start ${name} again`, action: { kind: "start", responder: responder.id } }];
  if (responder.state === "frozen")
    return [{ words: `Thaw ${name}`, action: { kind: "thaw", responder: responder.id } }];
  if (responder.state === "notSubscribed") return [permitRemedy(responder)];
  if (!connected && startsServer)
    return [{ words: "Start server", action: { kind: "startServer", requester: 0 } }];
  return [];
}

/** What to do for a responder that is connected and not subscribed. */
const permitRemedy = ({ subject, queue, reason }: ResponderContext): Remedy =>
  reason?.kind === "notPermitted"
    ? advice(
        `Allow its user to subscribe to ${subject}${queue === null ? "" : ` in the queue group ${queue}`}, in permissions { subscribe } of the server’s configuration, or choose another subject.`,
      )
    : advice("Correct its subject or its queue group.");
