import { createStore } from "zustand/vanilla";
import type { Scenario, ScenarioWords } from "../../domain/setup/scenario.ts";

export const NO_WORDS: ScenarioWords = {};

interface OpenScenario {
  /** What the scenario that is up says about itself; it goes along when that is shared. */
  readonly words: ScenarioWords;
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
  serverOffer: null,
  setupOffer: null,
}));

/** What a scenario says about itself, without the rest of it. */
export const wordsOf = ({ title, note }: ScenarioWords): ScenarioWords => ({
  ...(title !== undefined && { title }),
  ...(note !== undefined && { note }),
});

/** Takes the words about the scenario away: they were read, or are not true any more. */
export function forgetWords(): void {
  scenarioStore.setState({ words: NO_WORDS });
}
