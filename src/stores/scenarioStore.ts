import { createStore } from "zustand/vanilla";

/** What a scenario from elsewhere asks for and a person has to agree to. */
export const scenarioStore = createStore<{
  /** The address of a server that it would connect to; null for none. */
  readonly serverOffer: string | null;
}>(() => ({ serverOffer: null }));
