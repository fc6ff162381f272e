import { useStore } from "zustand";
import type { Run } from "../../domain/runs.ts";
import { runsStore } from "../../stores/runsStore.ts";

/** The runs of this page; they change in place, so whoever asks is told by their version. */
export function useRuns(): readonly Run[] {
  useStore(runsStore, ({ version }) => version);
  return useStore(runsStore, ({ runs }) => runs);
}
