// Runs a person's handler. This file becomes the script of a worker inside the frame of public/sandbox.html, whose origin is
// opaque and whose Content-Security-Policy forbids all connections, all scripts but blobs, and eval: that is what holds the code in. What
// is done here on top of it makes mistakes clear: the names of what cannot work are gone before the code runs.
//
// It keeps what it uses itself out of the code's reach, but its other side does not rely on that: whatever is sent over the
// port can only answer this responder's own requests, ask and log through its connection.

/** @import { FromRuntime, Payload, ThrownWords, ToRuntime } from "./messages.ts" */
/** @typedef {{ readonly subject: string, readonly payload: Payload, readonly headers: Readonly<Record<string, string>> }} Message */
/** @typedef {(request: object, context: object) => unknown} Handler */

/** So many lines, and so many uncaught errors, leave within `LINES_WITHIN_MS`; the other side has a limit of its own. */
const MOST_LINES = 100;
const LINES_WITHIN_MS = 100;
const LONGEST_LINE = 4096;
/** A loop that only asks must not fill the memory of whoever answers. The other side counts too. */
const MOST_ASKED = 10_000;

// All that is used once the person's code runs is taken here, before it: a method that is looked up later may be the code's own, and
// would be handed what it is called on. An event of the port, for one, names the port.
const {
  create,
  defineProperty,
  entries,
  freeze,
  getOwnPropertyDescriptor,
  getOwnPropertyNames,
  getPrototypeOf,
} = Object;
const { apply, deleteProperty } = Reflect;
const { parse, stringify } = JSON;
const { setTimeout, setInterval, clearInterval, queueMicrotask, ArrayBuffer, Blob, Uint8Array } = globalThis;
const { isView } = ArrayBuffer;
const { then } = Promise.prototype;
const { indexOf, slice } = String.prototype;
const { exec } = RegExp.prototype;
const createObjectURL = URL.createObjectURL.bind(URL);
const revokeObjectURL = URL.revokeObjectURL.bind(URL);
const wait = setTimeout.bind(globalThis);
const soon = queueMicrotask.bind(globalThis);
const now = performance.now.bind(performance);
const encoder = new TextEncoder();
const decoder = new TextDecoder();
const encode = encoder.encode.bind(encoder);
const decode = decoder.decode.bind(decoder);

/** @type {(items: FromRuntime[]) => void} */
let post = () => {};
/** @type {FromRuntime[]} */
let out = [];
/** What left of each lately: many lines leave room for an error that nobody caught. */
const lines = { count: 0, since: 0, inOneGo: false };
const errors = { count: 0, since: 0, inOneGo: false };

/** Everything that is said in one go leaves in one message. @param {FromRuntime} item */
function send(item) {
  if (out.length === 0) soon(flush);
  // Assigned, it could be taken by a setter that the code gave to all arrays.
  defineProperty(out, out.length, itsOwn(item));
}

/** @param {unknown} value */
function itsOwn(value) {
  const property = create(null);
  property.value = value;
  property.enumerable = property.writable = property.configurable = true;
  return property;
}

function flush() {
  const items = out;
  out = [];
  lines.inOneGo = errors.inOneGo = false;
  post(items);
}

/** @type {Promise<Handler>} */
let current = new Promise(() => {});
let currentUrl = "";
let currentLoad = 0;
let random = () => 0;
let name = "";
const state = {};
/** Of the code that is loaded. @type {Record<number, true>} */
let intervals = create(null);
/** By their numbers. @type {Record<number, { resolve: (message: object) => void, reject: (problem: Error) => void }>} */
const asked = create(null);
let waitingFor = 0;
let lastAsk = 0;

/** @param {ToRuntime} item */
function take(item) {
  switch (item.type) {
    case "ping":
      return send({ type: "pong" });
    case "load":
      if (currentLoad === 0) random = randomFrom(item.seed);
      name = item.name;
      current = load(item.load, item.source);
      return void apply(then, current, [null, () => {}]); // It is told by `load`, and again to each request.
    case "run":
      return void run(item.id, requestOf(item));
    case "answer":
      return answered(item.ask)?.resolve(requestOf(item.reply));
    case "noAnswer":
      return answered(item.ask)?.reject(new AskError(item.outcome, item.message));
  }
}

/** @param {number} ask */
function answered(ask) {
  const waiting = asked[ask];
  if (waiting === undefined) return undefined;
  delete asked[ask];
  waitingFor--;
  return waiting;
}

/** @param {number} number @param {string} source @returns {Promise<Handler>} */
async function load(number, source) {
  currentLoad = number;
  // What the code before it repeats is its own, and ends with it.
  for (const interval in intervals) apply(clearInterval, globalThis, [+interval]);
  intervals = create(null);
  const url = createObjectURL(new Blob([source], { type: "text/javascript" }));
  currentUrl = url;
  try {
    const { default: handler } = await import(/* @vite-ignore */ url);
    if (typeof handler !== "function") throw new TypeError(NO_HANDLER);
    if (number === currentLoad) send({ type: "loaded", load: number });
    return handler;
  } catch (thrown) {
    send({ type: "notLoaded", load: number, ...describe(thrown) });
    const { message } = describe(thrown);
    throw new Error(`The handler could not be loaded: ${message}`, { cause: thrown });
  } finally {
    revokeObjectURL(url);
  }
}

const NO_HANDLER =
  "It has no handler. Write one as: export default function answer(request, context) { return … }";

/** @param {number} id @param {object} request */
async function run(id, request) {
  try {
    const handler = await current;
    const value = await handler(request, contextOf(id));
    send({ type: "returned", id, payload: payloadOf(value, "The reply") });
  } catch (thrown) {
    send({ type: "threw", id, ...describe(thrown) });
  }
}

/** What most handlers never look at, text or bytes, is made when it is asked for. @param {Message} message */
function requestOf({ subject, payload, headers }) {
  let text = typeof payload === "string" ? payload : undefined;
  let data = typeof payload === "string" ? undefined : payload;
  const textOf = () => (text ??= decode(data));
  const request = {
    subject,
    get text() {
      return textOf();
    },
    headers: freeze(headers),
  };
  // Not to be seen by who writes the request down as JSON.
  defineProperty(request, "data", hidden({ get: () => (data ??= encode(text)) }));
  defineProperty(request, "json", hidden({ value: () => parse(textOf()) }));
  return freeze(request);
}

/** A property with nothing but this: not what the code may have given to all objects. @param {PropertyDescriptor} property */
function hidden({ get, value }) {
  const own = create(null);
  if (get) own.get = get;
  else own.value = value;
  return own;
}

/** @param {number} id */
function contextOf(id) {
  return {
    name,
    state,
    random,
    /** @param {number} ms */
    sleep: (ms) => new Promise((resolve) => wait(resolve, ms)),
    /** @param {unknown[]} parts */
    log: (...parts) => log(id, parts),
    /** @param {unknown} subject @param {unknown} payload @param {{ timeoutMs?: number, headers?: object }} [options] */
    async ask(subject, payload, options) {
      const sent = payloadOf(payload, "The payload");
      if (waitingFor >= MOST_ASKED)
        throw new AskError("refused", `It waits for ${MOST_ASKED} replies already.`);
      const timeoutMs = options?.timeoutMs ?? null;
      const headers = textsOf(options?.headers ?? {});
      const to = `${subject}`;
      const ask = ++lastAsk;
      waitingFor++;
      const answer = new Promise((resolve, reject) => (asked[ask] = { resolve, reject }));
      send({ type: "ask", id, ask, subject: to, payload: sent, timeoutMs, headers });
      return answer;
    },
  };
}

/** @param {object} values */
function textsOf(values) {
  /** @type {Record<string, string>} */
  const texts = create(null);
  const pairs = entries(values);
  for (let n = 0; n < pairs.length; n++) {
    const pair = pairs[n];
    if (pair) texts[pair[0]] = `${pair[1]}`;
  }
  return texts;
}

/** @param {number} id @param {unknown[]} parts */
function log(id, parts) {
  if (!hasRoom(lines)) return;
  let line = "";
  for (let n = 0; n < parts.length; n++) line += (n === 0 ? "" : " ") + logWords(parts[n]);
  say(id, line);
}

/** @param {unknown} thrown */
function uncaught(thrown) {
  if (hasRoom(errors)) send({ type: "uncaught", ...describe(thrown) });
}

/**
 * Whether one more of these may leave now; says so once when none may. What is said in one go counts together, however long that takes.
 * @param {typeof lines} left
 */
function hasRoom(left) {
  const at = now();
  if (!left.inOneGo && at - left.since > LINES_WITHIN_MS) {
    left.count = 0;
    left.since = at;
  }
  left.inOneGo = true;
  left.count++;
  if (left.count === MOST_LINES) say(0, "… and more, which is left out.");
  return left.count < MOST_LINES;
}

/** @param {number} id @param {string} line */
const say = (id, line) => send({ type: "log", id, line: apply(slice, line, [0, LONGEST_LINE]) });

/**
 * Text and bytes as they are, nothing as nothing, anything else as JSON, as src/wire/handlerContext.ts has it for built-in handlers.
 * @param {unknown} value @param {string} what @returns {Payload}
 */
function payloadOf(value, what) {
  if (typeof value === "string") return value;
  if (value === undefined) return "";
  // Copies: of a view all that lies around it would cross too.
  if (isView(value)) return new Uint8Array(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
  if (value instanceof ArrayBuffer) return new Uint8Array(new Uint8Array(value));
  const without = withoutJsonForm(value);
  if (without !== null) throw new TypeError(`${what}${without}, which JSON has no form for.`);
  return stringify(value) ?? "";
}

/** @param {unknown} thrown @returns {ThrownWords} */
function describe(thrown) {
  try {
    if (!(thrown instanceof Error)) return { name: "", message: logWords(thrown), line: 0, column: 0 };
    const { name, message } = thrown;
    return { name: `${name}`, message: explained(`${message}`) || `${name}`, ...placeIn(thrown) };
  } catch {
    return { name: "", message: "It threw something that has no text.", line: 0, column: 0 };
  }
}

/** @type {Record<string, string>} */
const GONE = create(null);
for (const [why, missing] of /** @type {const} */ ([
  [
    "A handler has no network but `context.ask`",
    ["fetch", "XMLHttpRequest", "WebSocket", "WebTransport", "EventSource", "importScripts"],
  ],
  [
    "A handler has no storage; what it should remember goes into `context.state`",
    ["localStorage", "sessionStorage", "indexedDB", "caches"],
  ],
  ["A handler has no page", ["document", "window", "location", "navigator", "postMessage"]],
])) {
  for (const each of missing) GONE[each] = why;
}

/** A name that is gone on purpose is no typing error. The engines put it in words of their own. @param {string} message */
function explained(message) {
  const found = apply(exec, /^(?:Can't find variable: ([A-Za-z]+)|([A-Za-z]+) is not defined)$/, [message]);
  const why = found === null ? undefined : GONE[found[1] ?? found[2] ?? ""];
  return why === undefined ? message : `${message}. ${why}.`;
}

/** The topmost place in the person's own code that an error's stack names. @param {Error} error @returns {{ line: number, column: number }} */
function placeIn(error) {
  const stack = `${error.stack}`;
  const at = apply(indexOf, stack, [`${currentUrl}:`]);
  if (at < 0) return { line: 0, column: 0 };
  const found = apply(exec, /^(\d+):(\d+)/, [apply(slice, stack, [at + currentUrl.length + 1])]);
  return { line: +(found?.[1] ?? 0), column: +(found?.[2] ?? 0) };
}

/** Why `ask` has no reply to give. */
class AskError extends Error {
  /** @param {string} outcome @param {string} message */
  constructor(outcome, message) {
    super(message);
    this.name = "AskError";
    this.outcome = outcome;
  }
}

/** Marsaglia's xorshift with 32 bits: the same numbers for the same seed. @param {number} seed */
function randomFrom(seed) {
  let bits = seed >>> 0 || 1;
  return () => {
    bits ^= bits << 13;
    bits ^= bits >>> 17;
    bits ^= bits << 5;
    return (bits >>> 0) / 2 ** 32;
  };
}

/** What is left of the worker's global scope: the language, and what is harmless in it. */
const KEPT = new Set(
  `globalThis self Infinity NaN undefined isFinite isNaN parseFloat parseInt decodeURI decodeURIComponent encodeURI
  encodeURIComponent escape unescape Object Function Boolean Symbol Error AggregateError EvalError RangeError ReferenceError
  SyntaxError TypeError URIError SuppressedError Number BigInt Math Date String RegExp Array Int8Array Uint8Array Uint8ClampedArray
  Int16Array Uint16Array Int32Array Uint32Array Float16Array Float32Array Float64Array BigInt64Array BigUint64Array Map Set WeakMap
  WeakSet ArrayBuffer DataView JSON WeakRef FinalizationRegistry Iterator Promise Reflect Proxy Intl Temporal
  DisposableStack AsyncDisposableStack constructor hasOwnProperty isPrototypeOf propertyIsEnumerable toLocaleString toString valueOf
  setTimeout clearTimeout setInterval clearInterval queueMicrotask structuredClone atob btoa crypto Crypto CryptoKey SubtleCrypto
  performance Performance console TextEncoder TextDecoder URL URLSearchParams AbortController AbortSignal Event CustomEvent EventTarget
  DOMException addEventListener removeEventListener dispatchEvent`.split(/\s+/),
);

/** Takes the rest away, from the scope itself and from all that it inherits. */
function lockDown() {
  for (
    /** @type {object | null} */ let holder = globalThis;
    holder !== null && holder !== Object.prototype;
    holder = getPrototypeOf(holder)
  ) {
    for (const key of getOwnPropertyNames(holder)) {
      if (KEPT.has(key)) continue;
      if (getOwnPropertyDescriptor(holder, key)?.configurable === false) continue;
      if (!deleteProperty(holder, key)) defineProperty(holder, key, { value: undefined });
    }
  }
  for (const key of ["createObjectURL", "revokeObjectURL"]) deleteProperty(URL, key);
  // The engine would hand a function of the code's the frames of every stack, those of this file among them.
  defineProperty(Error, "prepareStackTrace", { value: undefined });

  /** @param {unknown[]} parts */
  const spoken = (...parts) => log(0, parts);
  const console = { log: spoken, info: spoken, warn: spoken, error: spoken, debug: spoken };
  defineProperty(globalThis, "console", { value: freeze(console) });
  defineProperty(globalThis, "setInterval", {
    /** @param {[callback: () => void, ms?: number]} args */
    value: (...args) => {
      const interval = apply(setInterval, globalThis, args);
      intervals[+interval] = true;
      return interval;
    },
  });
}

addEventListener("error", (event) => {
  event.preventDefault();
  uncaught(event.error);
});
addEventListener("unhandledrejection", (event) => {
  event.preventDefault();
  uncaught(event.reason);
});
addEventListener(
  "message",
  ({ ports: [port] }) => {
    const dataOf = getOwnPropertyDescriptor(MessageEvent.prototype, "data")?.get;
    if (!port || !dataOf) return;
    post = port.postMessage.bind(port);
    lockDown();
    port.onmessage = (event) => {
      const items = apply(dataOf, event, []);
      for (let n = 0; n < items.length; n++) take(items[n]);
    };
  },
  { once: true },
);
