import { createStore } from "zustand/vanilla";
import type { Language } from "../../programs/program.ts";

/** The language of the programs that are shown. A tab that is closed and opened again finds it. */
export const codeStore = createStore<{ readonly language: Language }>(() => ({ language: "typescript" }));

export function writeIn(language: Language): void {
  codeStore.setState({ language });
}
