import { createStore } from "zustand/vanilla";
import type { Outsiders } from "./layout/layout.ts";

const NONE: Outsiders = { asks: false, answers: false };

/** Whether programs outside the page were seen to take part. */
export const outsidersStore = createStore<Outsiders>(() => NONE);

export function noteOutsider(role: "asks" | "answers"): void {
  if (!outsidersStore.getState()[role]) outsidersStore.setState({ [role]: true });
}

export function forgetOutsiders(): void {
  if (outsidersStore.getState() !== NONE) outsidersStore.setState(NONE, true);
}
