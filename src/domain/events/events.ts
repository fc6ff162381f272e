/**
 * Everything that is recorded is one of these events. Most are frames that crossed a connection, named for what
 * they mean in a request-reply exchange; the rest are what a worker did between two frames.
 * The position in this list is the kind's code in an event column: append, never reorder.
 *
 * | kind         | recorded by          | exchange | link                        | code                    | texts                            |
 * |--------------|----------------------|----------|-----------------------------|-------------------------|----------------------------------|
 * | called       | requester            | –        | call id                     | –                       | –                                |
 * | attempted    | requester, responder | key      | call id, or parent exchange | timeout, ms             | subject, reply; size: which attempt of its call, from 1 |
 * | sent         | tap: PUB with reply  | key      | –                           | –                       | subject, reply, headers, payload |
 * | delivered    | tap: MSG with reply  | key      | –                           | sid                     | subject, reply, headers, payload |
 * | handling     | responder            | key      | –                           | handlers now running    | –                                |
 * | handled      | responder            | key      | –                           | handler result          | payload: why it failed (reasons.ts) |
 * | answered     | tap: PUB to a reply  | key      | –                           | –                       | subject (the inbox), headers, payload |
 * | arrived      | tap: MSG on an inbox | key; – where no request had that reply subject | sid                         | status, 0 for none      | subject (the inbox), headers, payload |
 * | settled      | requester, responder | key      | how many replies were gathered | outcome                 | payload: why (reasons.ts)        |
 * | concluded    | requester            | last key | call id                     | outcome                 | payload: why (reasons.ts); size: how many attempts |
 * | subscribed   | tap: SUB             | –        | –                           | sid                     | subject, reply: the queue group  |
 * | unsubscribed | tap: UNSUB           | –        | after how many, 0: at once  | sid                     | subject, reply: the queue group; empty if it ends later|
 * | published    | tap: PUB, no reply   | –        | –                           | –                       | subject, headers, payload        |
 * | message      | tap: MSG, no reply   | – or key: the server's report on a traced request | –                           | sid                     | subject, headers, payload        |
 * | info         | tap: INFO            | –        | –                           | –                       | payload: its JSON                |
 * | connect      | tap: CONNECT         | –        | –                           | –                       | payload: its JSON, secrets masked |
 * | ping, pong, ok | tap                | –        | –                           | –                       | –                                |
 * | err          | tap: -ERR            | key of what was refused to a reply subject | – | what is refused: `SERVER_ERRORS` | subject and, as reply, queue group that are refused; payload: its text |
 * | state        | any worker, the page | –        | –                           | peer state              | payload: why (reasons.ts)        |
 * | log          | responder            | key or – | –                           | –                       | payload: the line                |
 * | backoff      | requester            | key of the attempt before, or – | call id | how long it waits for the next attempt, ms | size: which attempt comes next |
 * | breaker      | requester            | –        | how long it stays open, ms  | breaker state           | size: failures in a row; payload: why (reasons.ts) |
 */
export const EVENT_KINDS = [
  "called",
  "attempted",
  "sent",
  "delivered",
  "handling",
  "handled",
  "answered",
  "arrived",
  "settled",
  "concluded",
  "subscribed",
  "unsubscribed",
  "published",
  "message",
  "info",
  "connect",
  "ping",
  "pong",
  "ok",
  "err",
  "state",
  "log",
  "backoff",
  "breaker",
] as const;

export type EventKind = (typeof EVENT_KINDS)[number];

/** Codes by kind, for hot paths that compare numbers. */
export const KIND = Object.fromEntries(EVENT_KINDS.map((kind, code) => [kind, code])) as Readonly<
  Record<EventKind, number> // fromEntries forgets the keys
>;

/** Bits of an event's flags column. */
export const FLAG = {
  /** A reply that says it is an error (see `isErrorReply`). */
  error: 1,
  /** The frame left this connection; without the bit it came in. */
  outgoing: 2,
  /** The payload kept is shorter than the payload sent. */
  cut: 4,
  /** `attempted` by a responder inside a handler: `link` is the parent's exchange key. */
  nested: 8,
  /** `attempted`: it takes every reply until it is settled, not only the first. */
  gathers: 16,
  /** The subject's first word is the prefix that this page has on a server shared with strangers (domain/sharedServer.ts). */
  prefixed: 32,
  /** `concluded`: a circuit breaker that opened kept the call from being tried again. */
  barred: 64,
} as const;

/** How a handler ended; the position is the code. `aborted`: the responder stopped before the handler did. */
export const HANDLER_RESULTS = ["replied", "errorReply", "threw", "dropped", "aborted"] as const;
export type HandlerResult = (typeof HANDLER_RESULTS)[number];

/** What an -ERR of the server refuses; the position is the code. */
export const SERVER_ERRORS = ["other", "login", "publish", "subscribe", "reply"] as const;

/** The state of a requester or responder with its connection; the position is the code. */
export const PEER_STATES = [
  "starting",
  "connected",
  "reconnecting",
  "disconnected",
  "frozen",
  "draining",
  "drained",
  "killed",
  "crashed",
  "removed",
  /** Never started: its handler's code came from elsewhere, and nobody has agreed to it yet. */
  "unreviewed",
  /** Its connection is up, and the server has not taken its subscription. */
  "notSubscribed",
] as const;
export type PeerState = (typeof PEER_STATES)[number];

/** The state of a requester's circuit breaker; the position is the code. */
export const BREAKER_STATES = ["closed", "open", "halfOpen"] as const;
export type BreakerState = (typeof BREAKER_STATES)[number];

/** States after which a peer's worker is gone and nothing it held will ever be settled by it. */
export const isGone = (state: PeerState): boolean =>
  state === "drained" ||
  state === "killed" ||
  state === "crashed" ||
  state === "removed" ||
  state === "unreviewed";

/**
 * A requester or responder of this page, by a number that the page gives once and never again. It outlives a killed
 * worker that is started again. `OUTSIDE` stands for every program that is not in this page.
 */
export type PeerId = number;
export const OUTSIDE: PeerId = 0;
/** An exchange by its reply subject: see `replyKey`. 0 is none. */
export type ExchangeKey = number;

/** A call: the requester's peer id × 2³² + a running number, which begins with the time at which its worker began, in µs. */
export type CallId = number;

/** The status of the server's “no responders”, which has no payload. */
export const NO_RESPONDERS = 503;
