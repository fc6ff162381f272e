import { NOTHING_GONE, type Arrival, type Delivery, type Exchange, type Payload } from "./exchange.ts";

/** For tests: a payload of so many zero bytes. */
export const payloadOf = (size: number): Payload => ({
  bytes: new Uint8Array(size),
  size,
  headers: new Uint8Array(),
});

/** For tests: an exchange of requester 1, of which nothing has happened but what the parts say. */
export const exchangeWith = (parts: Partial<Exchange> = {}): Exchange => ({
  seq: 1,
  key: 1,
  call: 1,
  attempt: 1,
  gathers: false,
  backoff: null,
  parent: null,
  requester: 1,
  subject: "user.get",
  reply: "_INBOX.a.b",
  request: payloadOf(0),
  timeoutMs: 2000,
  attemptedAt: null,
  sentAt: null,
  deliveries: [],
  arrivals: [],
  settledAt: null,
  outcome: null,
  reason: null,
  gone: NOTHING_GONE,
  ...parts,
});

/** For tests: a delivery to responder 2 that it has not looked at yet. */
export const deliveryWith = (parts: Partial<Delivery> = {}): Delivery => ({
  peer: 2,
  deliveredAt: 0,
  handlingAt: null,
  handledAt: null,
  result: null,
  error: null,
  answeredAt: null,
  replyRefused: false,
  answer: null,
  ...parts,
});

/** For tests: a reply of responder 2 that was taken. */
export const arrivalWith = (parts: Partial<Arrival> = {}): Arrival => ({
  arrivedAt: 0,
  verdict: "taken",
  from: 2,
  error: false,
  message: payloadOf(0),
  ...parts,
});
