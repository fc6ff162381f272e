import { formatMs } from "../domain/base/formats.ts";
import type { Exchange } from "../domain/events/exchange.ts";
import type { Measure } from "./lesson.ts";
import type { Talk } from "./lessonView.ts";
import { answeredAt, beganAt } from "./looks.ts";

/** Requests that were made at once, and how long that took. Times in ms. */
export interface Burst {
  /** In the order of their answers. */
  readonly latenciesMs: readonly number[];
  /** From the first request to the last answer. */
  readonly totalMs: number;
  /** How long a handler works on one, on average. */
  readonly workMs: number;
}

/** Requests that begin within this time count as made at once: a person's click, or a program's loop. */
const AT_ONCE_MS = 250;

interface Timed {
  readonly exchange: Exchange;
  readonly from: number;
  readonly to: number | null;
}

/** The newest `count` requests on a subject that were made at once; null while there are none, or not all are answered. */
export function newestBurst(talks: readonly Talk[], subject: string, count: number): Burst | null {
  const group = newestGroup(talks, subject).slice(-count);
  const answered = group.flatMap(({ exchange, from, to }) => (to === null ? [] : [{ exchange, from, to }]));
  if (answered.length < count) return null;
  const works = answered.flatMap(({ exchange: { deliveries } }) =>
    deliveries.flatMap(({ handlingAt, handledAt }) =>
      handlingAt === null || handledAt === null ? [] : [handledAt - handlingAt],
    ),
  );
  return {
    latenciesMs: answered.map(({ from, to }) => to - from).sort((a, b) => a - b),
    totalMs: Math.max(...answered.map(({ to }) => to)) - Math.min(...answered.map(({ from }) => from)),
    workMs: works.reduce((sum, ms) => sum + ms, 0) / Math.max(1, works.length),
  };
}

/** How many of the newest requests made at once are answered, for a step's progress. */
export const answeredInBurst = (talks: readonly Talk[], subject: string): number =>
  newestGroup(talks, subject).filter(({ to }) => to !== null).length;

/** The requests that began within the time of the newest, oldest first. */
function newestGroup(talks: readonly Talk[], subject: string): Timed[] {
  const timed = talks
    .flatMap(({ exchange }): Timed[] => {
      const from = exchange.subject === subject ? beganAt(exchange) : null;
      return from === null ? [] : [{ exchange, from, to: answeredAt(exchange) }];
    })
    .sort((a, b) => a.from - b.from);
  const newest = timed.at(-1)?.from ?? 0;
  return timed.filter(({ from }) => from >= newest - AT_ONCE_MS);
}

/** Each one's time, then the total. */
export function burstMeasures(burst: Burst | null): Measure[] {
  if (!burst) return [];
  const { latenciesMs, totalMs, workMs } = burst;
  return [
    ...latenciesMs.map((ms, index) => ({
      label: `request ${index + 1}`,
      value: formatMs(ms),
      bar: ms / totalMs,
    })),
    { label: "all together", value: formatMs(totalMs) },
    {
      label: "compared with the work of one",
      value: workMs > 0 ? `${(totalMs / workMs).toFixed(1)} ×` : "–",
    },
  ];
}
