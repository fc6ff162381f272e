import { writeSync } from "node:fs";
import { format } from "node:util";

// Both of what a command prints become the reply. The script keeps 3 open for what is logged.
const log = (...parts) => writeSync(3, `${format(...parts)}\n`);
for (const way of ["log", "info", "debug", "warn", "error"]) console[way] = log;

const handler = __handler__;

const text = process.env.NATS_REQUEST_BODY ?? "";
const request = {
  subject: process.env.NATS_REQUEST_SUBJECT ?? "",
  text,
  data: new TextEncoder().encode(text),
  headers: {}, // nats reply hands none on
  json: () => JSON.parse(text),
};
const context = {
  name: __name__,
  state: {},
  ask: () => Promise.reject(new Error("A command cannot ask other services")),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  random: Math.random,
  log,
};

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

let reply;
try {
  reply = bytesOf(await handler(request, context));
} catch (error) {
  reply = JSON.stringify({ error: error instanceof Error ? error.message : String(error) });
}
process.stdout.write(reply);
