import { createStore } from "zustand/vanilla";

/** How much of the traffic is drawn: one of `every` exchanges. */
export const sampledStore = createStore<{ readonly every: number }>(() => ({ every: 1 }));

export function noteSampled(every: number): void {
  if (sampledStore.getState().every !== every) sampledStore.setState({ every });
}
