import { createStore } from "zustand/vanilla";
import type { Scenario, ScenarioWords } from "../../domain/setup/scenario.ts";

export const NO_WORDS: ScenarioWords = {};

interface OpenScenario {
  /** What the scenario that is up says about itself; it goes along when that is shared. */
  readonly words: ScenarioWords;
  /** Whether they are for whoever looks at the page now; what is written to be given on is for others. */
  readonly shown: boolean;
  /**
   * What it asks for and a person has to agree to: the address of a server that it would connect to; null for none.
   */
  readonly serverOffer: string | null;
  /** What a link would put up on a server that did not come with the page; null for none. */
  readonly setupOffer: Scenario | null;
}

/** Of the scenario that is up, what is neither the setup nor how the page looks. */
export const scenarioStore = createStore<OpenScenario>(() => ({
  words: NO_WORDS,
  shown: true,
  serverOffer: null,
  setupOffer: null,
}));

/** What a scenario says about itself, without the rest of it. */
export const wordsOf = ({ title, note }: ScenarioWords): ScenarioWords => ({
  ...(title !== undefined && { title }),
  ...(note !== undefined && { note }),
});

/** Writes words about the scenario, to be given on with it. */
export function writeWords(words: ScenarioWords): void {
  const { words: before, shown } = scenarioStore.getState();
  if (before.title === words.title && before.note === words.note) return;
  const none = before.title === undefined && before.note === undefined;
  scenarioStore.setState({ words, shown: shown && !none });
}

/** Takes the words about the scenario away: they were read, or are not true any more. */
export function forgetWords(): void {
  scenarioStore.setState({ words: NO_WORDS });
}
