import { useStore } from "zustand";
import type { Run } from "../../domain/load/runs.ts";
import { runsStore } from "../../stores/record/runsStore.ts";

/** The runs of this page; they change in place, so whoever asks is told by their version. */
export function useRuns(): readonly Run[] {
  useStore(runsStore, ({ version }) => version);
  return useStore(runsStore, ({ runs }) => runs);
}
