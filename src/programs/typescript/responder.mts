// @ts-nocheck: the handler is JavaScript, exactly as it runs in the page.
// __role__

import { connect, __imports__ } from "@nats-io/transport-node";

const SUBJECT = __subject__;

/** The handler. It is given the request and returns the reply. */
const handler = __handler__;

// @if credentials
// __credentials__
// @end
const nc = await connect({
  servers: process.env.NATS_URL ?? __url__,
  name: __name__,
  // @if user
  user: process.env.NATS_USER,
  pass: process.env.NATS_PASSWORD,
  // @end
  // @if token
  token: process.env.NATS_TOKEN,
  // @end
});

// @if asks
/** What a handler may use besides the request. */
const context = {
  name: __name__,
  state: {}, // between requests
  async ask(subject, payload, { timeoutMs = 1000, headers: given = {} } = {}) {
    const sent = headers();
    for (const [name, value] of Object.entries(given)) sent.append(name, `${value}`);
    try {
      return requestOf(await nc.request(subject, bytesOf(payload), { timeout: timeoutMs, headers: sent }));
    } catch (error) {
      const is = (kind) => error instanceof kind || error.cause instanceof kind;
      const outcome = is(errors.NoRespondersError)
        ? "noResponders"
        : is(errors.TimeoutError)
          ? "timedOut"
          : "connectionLost";
      throw Object.assign(new Error(`${subject}: ${error.message}`), { outcome });
    }
  },
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  random: Math.random,
  log: console.log,
};

// @end
async function answer(message) {
  // @if delay
  await new Promise((resolve) => setTimeout(resolve, delayMs()));
  // @end
  // @if dropShare
  if (Math.random() < __dropShare__) return; // Never answered: the requester waits in vain.
  // @end
  try {
    // @if errorShare
    if (Math.random() < __errorShare__) throw new Error("A simulated failure");
    // @end
    // @if asks
    message.respond(bytesOf(await handler(requestOf(message), context)));
    // @else
    message.respond(bytesOf(await handler(requestOf(message))));
    // @end
  } catch (error) {
    // Whoever asked is told what went wrong, and need not wait for a timeout.
    const words = error instanceof Error ? error.message : String(error);
    const said = headers();
    said.set("Nats-Service-Error", words.replace(/\p{Cc}+/gu, " ").slice(0, 256));
    said.set("Nats-Service-Error-Code", "500");
    message.respond(JSON.stringify({ error: words }), { headers: said });
  }
}

const requestOf = (message) => ({
  subject: message.subject,
  text: message.string(),
  data: message.data,
  headers: Object.fromEntries([...(message.headers ?? [])].map(([name, [first]]) => [name, first])),
  json: () => message.json(),
});

// Text and bytes go out as they are, nothing as nothing, anything else as JSON.
const bytesOf = (value) => {
  if (typeof value === "string" || value instanceof Uint8Array) return value;
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  return JSON.stringify(value, withJsonForm) ?? "";
};

// JSON would write {} or nothing in place of these, without a word.
const withJsonForm = (name, value) => {
  const without =
    ["function", "symbol"].includes(typeof value) ||
    (typeof value === "number" && !Number.isFinite(value)) ||
    [Map, Set, WeakMap, WeakSet, Promise, RegExp, Error].some((kind) => value instanceof kind) ||
    ArrayBuffer.isView(value);
  if (without) throw new TypeError(`${name || "It"} is what JSON has no form for`);
  return value;
};

// @if delay
/** The time that the work takes. */
const delayMs = () => __delay__;

// @end
// @if queue
const subscription = nc.subscribe(SUBJECT, { queue: __queue__ });
// @else
const subscription = nc.subscribe(SUBJECT);
// @end
// Ctrl-C takes no new request and finishes what it holds.
process.once("SIGINT", () => void nc.drain());
await nc.flush();
console.log(`answers on ${SUBJECT}`);
// @if oneAtATime
for await (const message of subscription) await answer(message); // one at a time
// @else
for await (const message of subscription) void answer(message); // many at once
// @end
