import { describeReason } from "../narration/describeReason.ts";
import type { Reason, ReasonOf } from "../events/reasons.ts";
import { advice, type Diagnosis, type Failure, type Remedy, type DiagnosisContext } from "./failure.ts";
import { formatMs } from "../base/formats.ts";

/** What ended in the client: the connection was down, the request could not be sent, or it was given up. */
export function diagnoseUnsent(failure: Failure, context: DiagnosisContext): Diagnosis {
  switch (failure.outcome) {
    case "connectionLost":
      return connectionLost(failure, context);
    case "refused":
      return refused(failure, context);
    default:
      return {
        title: "It was cancelled",
        causes: [
          ...said(failure.reason),
          "Somebody cancelled it, or its requester ended, before a reply came.",
        ],
        remedies: [advice("Send it again.")],
      };
  }
}

const said = (reason: Reason | null): string[] => (reason === null ? [] : [describeReason(reason)]);

function connectionLost({ reason, requester, exchange, at }: Failure, context: DiagnosisContext): Diagnosis {
  const name = requester === null ? "the requester" : context.nameOf(requester);
  const state = context.requesters.find(({ id }) => id === requester)?.state;
  const remedies: Remedy[] = [];
  if (requester !== null && state === "crashed")
    remedies.push({ words: `Start ${name} again`, action: { kind: "startRequester", requester } });
  else if (!context.connected && context.startsServer) {
    remedies.push({ words: "Start server", action: { kind: "startServer", requester: requester ?? 0 } });
  } else if (!context.connected) {
    remedies.push(
      advice("Check that nats-server runs and can be reached. Requesters reconnect by themselves."),
    );
  }
  if (context.connected && state !== "crashed")
    remedies.push(advice("The connection is back: send it again."));
  const sentAt = exchange?.sentAt ?? null;
  const when =
    sentAt === null
      ? "It was not published: nothing reached the server."
      : `It was published, and ${formatMs(Math.max(0, at - sentAt))} later the connection was gone. The server then no longer knows where replies go, so none can arrive. The request may still have been handled.`;
  if (sentAt !== null) remedies.push(advice("Send it again only if handling a request twice does no harm."));
  return { title: `The connection of ${name} was down`, causes: [...said(reason), when], remedies };
}

const NEVER = "The client refused to publish it, so the server never received it.";

function refused({ reason, exchange }: Failure, { mostBytes }: DiagnosisContext): Diagnosis {
  const words = said(reason);
  switch (reason?.kind) {
    case "tooLarge":
      return {
        title: "The request is too large",
        causes: [...words, NEVER],
        remedies: [
          advice("Send less, or send a reference to the data."),
          advice(
            `Or raise max_payload in the server’s configuration${mostBytes === null ? "" : `; it is ${mostBytes} bytes`}. nats-server advises against more than 8 MB.`,
          ),
        ],
      };
    case "notPermitted":
      return notPermitted(reason);
    case "badTimeout":
      return {
        title: "The timeout cannot be used",
        causes: [...words, NEVER],
        remedies: [advice("Give a longer timeout.")],
      };
    case "badSubject":
      return {
        title: "The subject cannot be used",
        causes: [...words, NEVER],
        remedies: [advice("Correct the subject, and send it again.")],
      };
    case "badHeader":
      return {
        title: "A header cannot be sent",
        causes: [...words, NEVER],
        remedies: [advice("Correct the headers, and send it again.")],
      };
    case "noHeaders":
      return {
        title: "The server does not support headers",
        causes: [...words, NEVER],
        remedies: [
          advice("Send it without headers, or use a newer nats-server: 2.2 was the first to support them."),
        ],
      };
    default:
      return {
        title: exchange === null ? "The request cannot be sent as it is" : "The request could not be sent",
        causes: [...words, NEVER],
        remedies: [advice("Correct the subject or the headers of the request, and send it again.")],
      };
  }
}

/** The user of the requester's connection lacks a permission. */
function notPermitted(reason: ReasonOf<"notPermitted">): Diagnosis {
  const causes = [describeReason(reason)];
  const asWho = "Connect as a user who may, or allow";
  const where = "in the server’s permissions";
  switch (reason.operation) {
    case "publish":
      return {
        title: "The server does not permit it",
        causes: [...causes, "The user of this connection may not publish to that subject."],
        remedies: [advice(`${asWho} the subject ${where}.`)],
      };
    case "subscribe":
      return {
        title: "The requester may not receive replies",
        causes: [
          ...causes,
          "Replies go to an inbox, and the requester has to subscribe to it. Without that, no reply can reach it.",
        ],
        remedies: [advice(`${asWho} it to subscribe to "_INBOX.>" ${where}.`)],
      };
    case "reply":
      return {
        title: "The server does not permit its reply subject",
        causes: [...causes, "The server reserves such subjects."],
        remedies: [advice("Use another inbox prefix.")],
      };
  }
}
