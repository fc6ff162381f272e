import { createStore } from "zustand/vanilla";
import type { PeerId } from "../../domain/events/events.ts";

export type Selection =
  | { readonly kind: "responder" | "requester"; readonly id: PeerId }
  /** Several responders, to be edited alike. */
  | { readonly kind: "responders"; readonly ids: readonly PeerId[] }
  /** `frame`: the number of the line on the wire that is meant; without it, the exchange as a whole. */
  | { readonly kind: "exchange"; readonly seq: number; readonly frame?: number }
  /** A call that ended before anything was published: the number of the event that concluded it. */
  | { readonly kind: "unsent"; readonly number: number }
  /** A message without a reply subject: the number of the event of its delivery. */
  | { readonly kind: "message"; readonly number: number }
  | { readonly kind: "server" };

export const selectionStore = createStore<{ readonly selected: Selection | null }>(() => ({
  selected: null,
}));

export function select(selected: Selection | null): void {
  selectionStore.setState({ selected });
}

/** The responders that are selected, be it one or several. */
export function selectedResponders({ selected }: { readonly selected: Selection | null }): readonly PeerId[] {
  if (selected?.kind === "responders") return selected.ids;
  return selected?.kind === "responder" ? [selected.id] : [];
}

/** Selects a responder beside those that are, or leaves it out again. */
export function toggleSelected(id: PeerId): void {
  const ids = selectedResponders(selectionStore.getState());
  const others = ids.filter((each) => each !== id);
  const next = others.length < ids.length ? others : [...ids, id];
  const [first] = next;
  if (first === undefined) select(null);
  else select(next.length === 1 ? { kind: "responder", id: first } : { kind: "responders", ids: next });
}
