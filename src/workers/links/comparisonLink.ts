import type { ComparisonPlan, ComparisonProgress } from "../../domain/load/comparison.ts";
import { startWorkerLink, type LinkOptions } from "./workerLink.ts";

export interface ComparisonLinkOptions extends LinkOptions {
  /** About ten times a second, and once when it has ended. */
  readonly onProgress: (progress: ComparisonProgress) => void;
}

export interface ComparisonLink {
  compare(plan: ComparisonPlan): void;
  stop(): void;
  close(): void;
}

/** Starts the worker that compares ways to ask a handler. */
export function startComparisonLink(options: ComparisonLinkOptions): ComparisonLink {
  const link = startWorkerLink(options, {
    role: "comparison",
    suspect: "'s worker",
    advice: "Run it again.",
    onCompared: options.onProgress,
  });
  return {
    compare: (plan) => link.post({ type: "compare", plan }),
    stop: () => link.post({ type: "stopComparing" }),
    close: link.close,
  };
}
