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

let reply;
try {
  reply = await handler(request, context);
} catch (error) {
  reply = { error: error instanceof Error ? error.message : String(error) };
}
process.stdout.write(typeof reply === "string" ? reply : (JSON.stringify(reply) ?? ""));
