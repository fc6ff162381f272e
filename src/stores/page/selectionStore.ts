import { createStore } from "zustand/vanilla";
import type { PeerId } from "../../domain/events/events.ts";

export type Selection =
  | { readonly kind: "responder" | "requester"; readonly id: PeerId }
  /** `frame`: the number of the line on the wire that is meant; without it, the exchange as a whole. */
  | { readonly kind: "exchange"; readonly seq: number; readonly frame?: number }
  /** A call that ended before anything was published: the number of the event that concluded it. */
  | { readonly kind: "unsent"; readonly number: number }
  | { readonly kind: "server" };

export const selectionStore = createStore<{ readonly selected: Selection | null }>(() => ({
  selected: null,
}));

export function select(selected: Selection | null): void {
  selectionStore.setState({ selected });
}
