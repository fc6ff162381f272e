import type { LoopResult, RequesterOrder, ResponderOrder, WorkerAnswer } from "./messages.ts";

/**
 * What Roundtrip is measured against: nats.ws with its default options, in the same workers, with nothing observed,
 * recorded or drawn.
 */
const SUBJECT = "user.get";
const QUEUE = "users";

/** How large the dot of `moveDot` is, in px. */
const DOT_PX = 16;

let requester: Worker | null = null;

function answerOf(worker: Worker): Promise<WorkerAnswer> {
  return new Promise((resolve, reject) => {
    worker.onmessage = (message: MessageEvent<WorkerAnswer>) => resolve(message.data);
    worker.onerror = (event) => reject(new Error(event.message || "a bare worker could not be loaded"));
  });
}

globalThis.bare = {
  async respond(url, count) {
    const startedAt = performance.now();
    const ready = Array.from({ length: count }, () => {
      const worker = new Worker(new URL("./bareResponder.worker.ts", import.meta.url), { type: "module" });
      const order: ResponderOrder = { url, subject: SUBJECT, queue: QUEUE };
      worker.postMessage(order);
      return answerOf(worker);
    });
    await Promise.all(ready);
    return performance.now() - startedAt;
  },
  async connect(url) {
    requester = new Worker(new URL("./bareRequester.worker.ts", import.meta.url), { type: "module" });
    await ask(requester, { type: "connect", url, subject: SUBJECT });
  },
  async loop(inFlight, durationMs, timed): Promise<LoopResult> {
    if (requester === null) throw new Error("The requester is not connected.");
    const answer = await ask(requester, { type: "loop", inFlight, durationMs, timed });
    if (answer.type !== "looped") throw new Error(`The requester answered ${answer.type}.`);
    return answer.result;
  },
  moveDot() {
    const dot = document.createElement("canvas");
    Object.assign(dot, { width: DOT_PX, height: DOT_PX });
    document.body.append(dot);
    const context = dot.getContext("2d");
    let frame = 0;
    const draw = (): void => {
      requestAnimationFrame(draw);
      if (frame++ % 2 === 0) return;
      context?.clearRect(0, 0, DOT_PX, DOT_PX);
      context?.fillRect(frame % DOT_PX, DOT_PX / 2, 2, 2);
    };
    draw();
  },
};

function ask(worker: Worker, order: RequesterOrder): Promise<WorkerAnswer> {
  worker.postMessage(order);
  return answerOf(worker);
}
