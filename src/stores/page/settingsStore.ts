import { createStore } from "zustand/vanilla";
import { createJSONStorage, persist } from "zustand/middleware";
import { browserStorage } from "./browserStorage.ts";

export type Theme = "system" | "light" | "dark";

/** The parts of the screen that can be folded away. */
export type Panel = "results" | "inspector" | "transcript" | "setup" | "lesson";

interface Settings {
  readonly theme: Theme;
  readonly folded: Readonly<Record<Panel, boolean>>;
  /** Whether forms show all that can be set; null until a person opened or closed that. */
  readonly advanced: boolean | null;
  /** Whether the first lesson is still offered to a newcomer. */
  readonly offersLesson: boolean;
}

const DEFAULTS: Settings = {
  theme: "system",
  advanced: null,
  offersLesson: true,
  folded: { results: true, inspector: false, transcript: false, setup: false, lesson: false },
};

/** How a person likes the page; survives a reload. */
export const settingsStore = createStore<Settings>()(
  persist(() => DEFAULTS, {
    name: "roundtrip.settings",
    version: 1,
    storage: createJSONStorage(browserStorage),
    merge: (kept, current) => sound(kept) ?? current,
  }),
);

/** Storage can hold anything: only what is understood is taken. */
function sound(kept: unknown): Settings | null {
  if (typeof kept !== "object" || kept === null) return null;
  const theme = "theme" in kept ? kept.theme : undefined;
  const folded = "folded" in kept && typeof kept.folded === "object" && kept.folded ? kept.folded : {};
  return {
    theme: theme === "light" || theme === "dark" ? theme : "system",
    advanced: "advanced" in kept && typeof kept.advanced === "boolean" ? kept.advanced : null,
    offersLesson: !("offersLesson" in kept && kept.offersLesson === false),
    folded: {
      results: !("results" in folded && folded.results === false),
      inspector: "inspector" in folded && folded.inspector === true,
      transcript: "transcript" in folded && folded.transcript === true,
      setup: "setup" in folded && folded.setup === true,
      lesson: "lesson" in folded && folded.lesson === true,
    },
  };
}

export function setTheme(theme: Theme): void {
  settingsStore.setState({ theme });
}

export function setAdvanced(advanced: boolean): void {
  settingsStore.setState({ advanced });
}

export function stopOfferingLesson(): void {
  settingsStore.setState({ offersLesson: false });
}

export function keepFolded(folded: Settings["folded"]): void {
  settingsStore.setState({ folded });
}
