import { createStore } from "zustand/vanilla";
import type { PeerId } from "../domain/events.ts";

export type Selection =
  | { readonly kind: "responder" | "requester"; readonly id: PeerId }
  | { readonly kind: "exchange"; readonly seq: number }
  | { readonly kind: "server" };

export const selectionStore = createStore<{ readonly selected: Selection | null }>(() => ({
  selected: null,
}));

export function select(selected: Selection | null): void {
  selectionStore.setState({ selected });
}
