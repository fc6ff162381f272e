import { formatCount, formatNumber } from "../base/formats.ts";
import type { LoadPlan, OpenPlan } from "../setup/setup.ts";

/** A load plan in a line: `100 a second, Poisson, 10 s`. */
export function planWords({ undrawn, ...plan }: LoadPlan): string {
  const { requests, durationMs } = plan.bounds;
  const pace =
    plan.kind === "concurrency" ? `${formatCount(plan.concurrency)} in flight` : scheduleWords(plan);
  const end = requests === null ? `${(durationMs ?? 0) / 1000} s` : `${formatCount(requests)} requests`;
  return `${pace}, ${end}${undrawn ? ", not drawn" : ""}`;
}

function scheduleWords({ perSecond, shape }: OpenPlan): string {
  const rate = formatNumber(perSecond, 2);
  switch (shape?.kind) {
    case undefined:
    case "constant":
      return `${rate} a second`;
    case "poisson":
      return `${rate} a second, Poisson`;
    case "ramp":
      return `${rate} to ${formatNumber(shape.toPerSecond, 2)} a second`;
    case "spike":
      return `${rate} a second, a spike of ${formatNumber(shape.toPerSecond, 2)}`;
  }
}
