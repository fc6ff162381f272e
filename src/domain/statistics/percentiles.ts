import type { LatencyFigures } from "./latency.ts";

/** The percentiles that are told, with how many replies it takes until one is more than the slowest by another name. */
export const PERCENTILES = [
  { words: "p50", percent: 50, key: "p50Ms", needs: 2 },
  { words: "p90", percent: 90, key: "p90Ms", needs: 10 },
  { words: "p99", percent: 99, key: "p99Ms", needs: 100 },
  { words: "p99.9", percent: 99.9, key: "p999Ms", needs: 1000 },
] as const satisfies readonly {
  readonly words: string;
  readonly percent: number;
  readonly key: keyof LatencyFigures;
  readonly needs: number;
}[];
