import { createStore } from "zustand/vanilla";
import type { ComparisonProgress } from "../../domain/load/comparison.ts";

/** What crossed HTTP connections, as the page's server counted it. */
export interface HttpTotals {
  readonly requests: number;
  readonly connections: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
}

export interface ComparisonState {
  readonly phase: "idle" | "starting" | "running" | "done";
  /** The last run, or the running one; null before the first. */
  readonly progress: ComparisonProgress | null;
  /** Known after a run. */
  readonly http: { readonly kept: HttpTotals; readonly new: HttpTotals } | null;
  /** Why it could not be run, and what to do; null for no trouble. */
  readonly trouble: string | null;
  /** It was ended before it was through. */
  readonly cut: boolean;
}

export const comparisonStore = createStore<ComparisonState>(() => ({
  phase: "idle",
  progress: null,
  http: null,
  trouble: null,
  cut: false,
}));
