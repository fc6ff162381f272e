import type { LogScale } from "../../../domain/base/logScale.ts";

/** How the labels of axes look. */
export const AXIS = { fontSize: "0.69rem", fill: "var(--ink-faint)" } as const;

/** What recharts' XAxis needs for a logarithmic scale. */
export const logAxis = ({ low, high, ticks }: LogScale) =>
  ({
    type: "number",
    scale: "log",
    domain: [low, high],
    ticks: [...ticks],
    interval: "preserveStartEnd",
    allowDataOverflow: true,
    tick: AXIS,
    tickLine: false,
    axisLine: { stroke: "var(--rule-strong)" },
    height: 18,
  }) as const;
