import { Worker } from "node:worker_threads";
import { WARM_UP_SECONDS } from "./comparison.ts";
import type { LoopResult } from "./page/messages.ts";

export interface NodeLoop {
  readonly responders: number;
  readonly inFlight: number;
  readonly seconds: number;
  readonly timed?: boolean;
}

/** What a thread is told when it starts. */
export type ThreadOrder =
  | { readonly role: "responder"; readonly url: string }
  | ({ readonly role: "requester"; readonly url: string; readonly warmUpSeconds: number } & NodeLoop);

/** The same loop with the NATS client for Node, over TCP: a thread and a connection for each, as the pages have workers. */
export async function nodeLoop(url: string, loop: NodeLoop): Promise<LoopResult> {
  const threads: Worker[] = [];
  const start = (order: ThreadOrder): Worker => {
    const thread = new Worker(new URL("./nodeThread.mjs", import.meta.url), { workerData: order });
    threads.push(thread);
    return thread;
  };
  try {
    await Promise.all(
      Array.from({ length: loop.responders }, () => answerOf<"ready">(start({ role: "responder", url }))),
    );
    return await answerOf<LoopResult>(
      start({ role: "requester", url, warmUpSeconds: WARM_UP_SECONDS, ...loop }),
    );
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}

function answerOf<Answer>(thread: Worker): Promise<Answer> {
  return new Promise((resolve, reject) => {
    thread.once("message", resolve);
    thread.once("error", reject);
  });
}
