// A thread of nodeClient.ts. Plain JavaScript: the loader that runs TypeScript here does not reach into threads.
import { parentPort, workerData } from "node:worker_threads";
import { connect } from "nats";

const SUBJECT = "user.get";
const QUEUE = "users";
const TIMEOUT_MS = 2000;

const encoder = new TextEncoder();
/** @type {import("./nodeClient.ts").ThreadOrder} */
const order = workerData;
const nats = await connect({ servers: order.url });
if (order.role === "responder") {
  nats.subscribe(SUBJECT, {
    queue: QUEUE,
    callback: (_error, request) => void request.respond(request.data),
  });
  await nats.flush();
  parentPort?.postMessage("ready");
} else {
  await loop({ ...order, seconds: order.warmUpSeconds });
  parentPort?.postMessage(await loop(order));
}

/**
 * Keeps so many requests in flight.
 *
 * @param {import("./nodeClient.ts").NodeLoop} of
 * @returns {Promise<import("./page/messages.ts").LoopResult>}
 */
async function loop({ inFlight, seconds, timed }) {
  /** @type {number[]} */
  const latenciesMs = [];
  const deadline = performance.now() + seconds * 1000;
  let made = 0;
  async function place() {
    while (performance.now() < deadline) {
      const startedAt = performance.now();
      await nats.request(SUBJECT, encoder.encode(`{ "user_id": ${++made} }`), { timeout: TIMEOUT_MS });
      if (timed) latenciesMs.push(performance.now() - startedAt);
    }
  }
  await Promise.all(Array.from({ length: inFlight }, place));
  return { replied: made, failed: 0, latenciesMs };
}
