import { advice, type Diagnosis, type Failure, type Remedy, type Scene } from "./failure.ts";
import { formatMs } from "../base/formats.ts";

/** What ended in the client: the connection was down, the request could not be sent, or it was given up. */
export function diagnoseUnsent(failure: Failure, scene: Scene): Diagnosis {
  switch (failure.outcome) {
    case "connectionLost":
      return connectionLost(failure, scene);
    case "refused":
      return refused(failure, scene);
    default:
      return {
        title: "It was given up",
        causes: [
          ...said(failure.reason),
          "Somebody cancelled it, or its requester ended, before a reply came.",
        ],
        remedies: [advice("Send it again.")],
      };
  }
}

const said = (reason: string): string[] => (reason === "" ? [] : [reason]);

function connectionLost({ reason, requester, exchange, at }: Failure, scene: Scene): Diagnosis {
  const name = requester === null ? "the requester" : scene.nameOf(requester);
  const state = scene.requesters.find(({ id }) => id === requester)?.state;
  const remedies: Remedy[] = [];
  if (requester !== null && state === "crashed")
    remedies.push({ words: `Start ${name} again`, deed: { kind: "startRequester", requester } });
  else if (!scene.connected && scene.startsServer) {
    remedies.push({ words: "Start server", deed: { kind: "startServer", requester: requester ?? 0 } });
  } else if (!scene.connected) {
    remedies.push(
      advice("See that nats-server runs and can be reached; requesters connect again by themselves."),
    );
  }
  if (scene.connected && state !== "crashed") remedies.push(advice("The connection is back: send it again."));
  const sentAt = exchange?.sentAt ?? null;
  const when =
    sentAt === null
      ? "It was not published: nothing reached the server."
      : `It was published, and ${formatMs(Math.max(0, at - sentAt))} later the connection was gone. The server forgets then where replies go, so none can come; the request may have been handled all the same.`;
  if (sentAt !== null) remedies.push(advice("Ask again only where handling a request twice does no harm."));
  return { title: `The connection of ${name} was down`, causes: [...said(reason), when], remedies };
}

function refused({ reason, exchange }: Failure, { mostBytes }: Scene): Diagnosis {
  const never = "The client refused to publish it: the server has not heard of it.";
  if (/limit of/.test(reason)) {
    return {
      title: "The request is too large",
      causes: [reason, never],
      remedies: [
        advice("Send less, or send a reference to where the rest is kept."),
        advice(
          `Or raise max_payload in the server’s configuration${mostBytes === null ? "" : `; it is ${mostBytes} bytes`}. Above 8 MB it advises against it.`,
        ),
      ],
    };
  }
  if (/does not permit/.test(reason)) {
    return {
      title: "The server does not permit it",
      causes: [reason, "The user of this connection may not publish to that subject."],
      remedies: [advice("Connect as a user who may, or allow the subject in the server’s permissions.")],
    };
  }
  if (/timeout/i.test(reason)) {
    return {
      title: "The timeout cannot be used",
      causes: [reason, never],
      remedies: [advice("Give a longer timeout.")],
    };
  }
  return {
    title: exchange === null ? "The request cannot be sent as it is" : "The request could not be sent",
    causes: [...said(reason), never],
    remedies: [advice("Correct the subject or the headers of the request, and send it again.")],
  };
}
