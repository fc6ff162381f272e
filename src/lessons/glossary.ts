/** Words of NATS and of its trade, each in a sentence or two. In lessons they stand as `[[term]]` or `[[words|term]]`. */
const TERMS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    subject:
      "The name that a message is published to, made of tokens with dots between them, such as user.get. The server gives the message to all who subscribe to it.",
    token: "One part of a subject, between two dots: user.get has two.",
    wildcard:
      "In a subscription, * stands for exactly one token, and > at the end for one or more. Nobody can publish to a wildcard.",
    requester: "The side that asks: it publishes a request, and waits for the reply.",
    responder: "The side that answers: it subscribes to a subject, and publishes a reply to each request.",
    "reply subject":
      "Where the reply to a request is to be published. The requester makes it up and sends it along.",
    inbox:
      "The subject on which a requester listens for its replies: _INBOX. and an id of its own. The client library makes it and subscribes to it.",
    "queue group":
      "Responders that subscribe with one queue name. The server gives each request to one of them, at random; without a group each gets every request.",
    handler: "The code in a responder that makes a reply of a request.",
    payload: "What a message carries, beside its subject and its headers: any bytes.",
    header: "A name and a value that travel with a message, beside its payload.",
    timeout: "How long a requester waits for a reply before it gives up. The responder is not told.",
    "no responders":
      "Status 503: the server's answer, at once, to a request whose subject nobody subscribes to.",
    "late reply": "A reply that comes after its requester has stopped waiting. The client discards it.",
    duplicate: "A further reply to a request that has its reply already. The client discards it.",
    "error reply": "An ordinary reply that says what went wrong, by an agreement between the two sides.",
    retry: "Asking again after a failure, usually after a wait that grows: the backoff.",
    idempotent: "Of a handler: doing the same request twice has the effect of doing it once.",
    "circuit breaker":
      "After several failures in a row, calls fail at once for a while instead of asking a service that is down.",
    fallback: "What a requester goes on with when there is no reply: a default, or an older answer.",
    drain: "To unsubscribe, finish what is in progress, and only then close the connection.",
    gateway: "A service that takes requests for others and passes them on.",
    "scatter-gather": "One request to many responders, whose replies are all gathered.",
  }),
);

/** What a term means; undefined for one that is not explained here. */
export const meaningOf = (term: string): string | undefined => TERMS.get(term.toLowerCase());

/** Takes the brackets of `[[words|term]]` apart. */
export function readTerm(written: string): { readonly words: string; readonly term: string } {
  const [words = "", term = words] = written.slice(2, -2).split("|");
  return { words, term };
}
