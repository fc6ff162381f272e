import { spawn } from "node:child_process";
import { once } from "node:events";
import { findTool } from "../programs/toolbox.ts";
import { complaint, run } from "../run.ts";
import type { NodeLoop } from "./nodeClient.ts";

const SUBJECT = "bench.service";
/** As large as what the pages send: see page/messages.ts. */
const SIZE = "15B";
/** Enough to learn the rate from, and to warm up with. */
const FIRST_MESSAGES = 20_000;
/** A requester that takes this much longer than it should has stopped. */
const PATIENCE_MS = 60_000;

/** The `nats` command, which measures with the NATS client for Go; null where it is neither here nor can be built. */
export async function findGoClient(): Promise<string | null> {
  const tool = await findTool("cli");
  return tool.found ? tool.command : null;
}

/** Requests a second of `nats bench service`: responders share a queue group, and each request in flight has a connection of its own. */
export async function goLoop(
  command: string,
  url: string,
  { responders, inFlight, seconds }: NodeLoop,
): Promise<number> {
  const common = ["--server", url, "bench", "service"];
  const sizes = ["--size", SIZE, "--no-progress"];
  const serve = [...common, "serve", "--clients", String(responders), ...sizes, SUBJECT];
  const service = spawn(command, serve, { stdio: ["ignore", "ignore", "pipe"] });
  const ended = once(service, "exit");
  try {
    await Promise.race([
      startedClients(service.stderr, responders),
      ended.then(() => Promise.reject(new Error("nats bench service serve ended by itself."))),
    ]);
    const request = async (messages: number): Promise<number> => {
      const clients = ["--clients", String(inFlight), "--msgs", String(messages)];
      const result = await run(command, [...common, "request", ...clients, ...sizes, SUBJECT], {
        timeoutMs: seconds * 1000 + PATIENCE_MS,
      });
      if (result.code !== 0)
        throw new Error(`nats bench service request failed: ${complaint(result.stderr)}`);
      return rateIn(`${result.stdout}\n${result.stderr}`);
    };
    const first = await request(Math.max(FIRST_MESSAGES, inFlight));
    return await request(Math.max(Math.round(first * seconds), inFlight));
  } finally {
    service.kill();
    await ended;
  }
}

/** Resolves when each client of the service has said that it starts. */
async function startedClients(output: AsyncIterable<Buffer>, clients: number): Promise<void> {
  let text = "";
  for await (const chunk of output) {
    text += chunk.toString();
    if (text.split("hit control-c to stop").length > clients) return;
  }
}

/** The rate that a requester, or all of them together, came to. Throws where there is none. */
export function rateIn(output: string): number {
  const rate = /requester (?:aggregated )?stats: ([\d,.]+) msgs\/sec/.exec(output)?.[1];
  if (rate === undefined) throw new Error("nats bench service request named no rate.");
  return Number(rate.replaceAll(",", ""));
}
