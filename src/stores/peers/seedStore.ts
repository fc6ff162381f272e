import { createStore } from "zustand/vanilla";

/** Decides every random choice made inside the page: delays, error shares, payloads. Part of the setup. */
export const seedStore = createStore<{ readonly seed: number }>(() => ({ seed: 1 }));
