import { useStore } from "zustand";
import { lessonsStore } from "../../stores/lessons/lessonsStore.ts";
import { settingsStore } from "../../stores/page/settingsStore.ts";

/** Whether forms show all that can be set: as a person left it, and else while a lesson speaks of it. */
export function useAdvanced(): boolean {
  const chosen = useStore(settingsStore, ({ advanced }) => advanced);
  const learning = useStore(lessonsStore, ({ open }) => open !== null);
  return chosen ?? learning;
}
