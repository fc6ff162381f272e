import type { Say } from "./progress.ts";

/**
 * From now on a fault that nobody caught is told at the terminal and ends nothing: what is served is served to others too, and
 * nats-server with it.
 */
export function keepServing(say: Say): void {
  const tell = (problem: unknown): void =>
    say(`A fault in this program: ${problem instanceof Error ? problem.stack : String(problem)}`);
  // Nobody reads it any more, as after `npm start | head`: that is no fault, and telling it would be the next one.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  process.on("uncaughtException", tell);
  process.on("unhandledRejection", tell);
}
