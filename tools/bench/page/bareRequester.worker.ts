// oxlint-disable-next-line no-restricted-imports -- the bare client is what Roundtrip is measured against
import { connect, type NatsConnection } from "nats.ws";
import type { LoopResult, RequesterOrder, WorkerAnswer } from "./messages.ts";

const TIMEOUT_MS = 2000;

const encoder = new TextEncoder();
let nats: NatsConnection | null = null;
let subject = "";
let made = 0;

onmessage = async (message: MessageEvent<RequesterOrder>) => {
  const order = message.data;
  if (order.type === "connect") {
    subject = order.subject;
    nats = await connect({ servers: order.url });
    await nats.flush();
    return tell({ type: "ready" });
  }
  if (nats !== null) tell({ type: "looped", result: await loop(nats, order) });
};

const tell = (answer: WorkerAnswer): void => postMessage(answer);

/** Keeps so many requests in flight. */
async function loop(
  nats: NatsConnection,
  { inFlight, durationMs, timed }: Extract<RequesterOrder, { readonly type: "loop" }>,
): Promise<LoopResult> {
  const latenciesMs: number[] = [];
  const deadline = performance.now() + durationMs;
  let replied = 0;
  let failed = 0;
  async function place(): Promise<void> {
    while (performance.now() < deadline) {
      const startedAt = timed ? performance.now() : 0;
      try {
        await nats.request(subject, encoder.encode(`{ "user_id": ${++made} }`), { timeout: TIMEOUT_MS });
        replied++;
        if (timed) latenciesMs.push(performance.now() - startedAt);
      } catch {
        failed++;
      }
    }
  }
  await Promise.all(Array.from({ length: inFlight }, place));
  return { replied, failed, latenciesMs };
}
