import type { Say } from "./progress.ts";

/**
 * From now on a fault that nobody caught is told at the terminal and ends nothing: what is served is served to others too, and
 * nats-server with it.
 */
export function keepServing(say: Say): void {
  const tell = (problem: unknown): void =>
    say(`A fault in this program: ${problem instanceof Error ? problem.stack : String(problem)}`);
  process.on("uncaughtException", tell);
  process.on("unhandledRejection", tell);
}
