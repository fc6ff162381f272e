import { isInboxOfOne } from "../messages/subjects.ts";
import type { WireFrame } from "./wireLines.ts";

/** What a frame does, in one sentence and in NATS's own words. */
export function explainFrame(frame: WireFrame): string {
  const { kind, subject, queue, sid, max, status, direction } = frame;
  switch (kind) {
    case "subscribed":
      if (isInbox(subject)) return inboxWords(subject, sid);
      return queue === ""
        ? `The client subscribes to ${subject} without a queue group: the server will deliver every message on it, marked with this client's number for the subscription (sid ${sid}).`
        : `The client subscribes to ${subject} as a member of queue group ${queue}: of all members the server picks one at random for each message.`;
    case "unsubscribed":
      return max === 0
        ? `The client ends its subscription ${sid}: the server delivers nothing more for it.`
        : `The server is to end subscription ${sid} by itself after ${max} ${max === 1 ? "message, as with an inbox for one request" : "messages"}.`;
    case "sent":
      return "A request: a message like any other, published with a reply subject that says on which inbox the reply is awaited.";
    case "delivered":
      return `The server delivers a request for subscription ${sid}; with it comes the reply subject to answer on.`;
    case "answered":
      return "A reply: an ordinary message, published to the reply subject that came with the request.";
    case "arrived":
      if (status === 503) {
        return "Status 503, no responders: the server itself says that nobody is subscribed to the subject of the request.";
      }
      if (isInboxOfOne(subject)) {
        return `The server delivers a reply on subscription ${sid}, the inbox of this request alone; the subscription ends with it.`;
      }
      return `The server delivers a reply on the inbox, for subscription ${sid}; the last token of its subject tells which request it is for.`;
    case "published":
      return "A message without a reply subject: its publisher expects no reply.";
    case "message":
      if (frame.exchange !== null) {
        return `The server reports what it did with a traced request, for subscription ${sid}.`;
      }
      return `The server delivers a message that asks for no reply, for subscription ${sid}.`;
    case "info":
      return "The server introduces itself: its version, the largest payload it takes, and what it asks of clients; sent when a connection opens, and again when something of it changes.";
    case "connect":
      return "The client introduces itself: its name, what it can do, and its credentials; passwords and tokens are masked here, not on the wire.";
    case "ping":
      return direction === "out"
        ? "The client asks whether the server still answers; right after CONNECT, the PONG shows that the connection was accepted."
        : "The server asks whether the client still answers; one that stays silent is disconnected.";
    case "pong":
      return direction === "out"
        ? "The client answers the server's PING: it is still there."
        : "The server answers a PING, and with it says that it has read everything the client sent before.";
    case "ok":
      return "The server acknowledges the client's last line; it does so only for clients that ask for it (verbose).";
    case "err":
      return "The server refuses something that this client did; after most errors it closes the connection.";
  }
}

const isInbox = (subject: string): boolean => subject.startsWith("_INBOX.");

function inboxWords(subject: string, sid: number | null): string {
  return subject.endsWith(".*")
    ? `The client subscribes to its inbox, once for all its requests: the wildcard * stands for the token that tells one request from another (sid ${sid}).`
    : isInboxOfOne(subject)
      ? `The client subscribes to an inbox for one request alone (sid ${sid}): a SUB and an UNSUB for every request, where one inbox for all needs a single SUB.`
      : `The client subscribes to a subject of its own below _INBOX (sid ${sid}).`;
}
