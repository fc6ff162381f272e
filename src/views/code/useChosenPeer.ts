import { useStore } from "zustand";
import type { PeerId } from "../../domain/events/events.ts";
import type { RequesterSetup, ResponderSetup } from "../../domain/setup/setup.ts";
import { activeStore } from "../../stores/peers/activeRequester.ts";
import { peersStore } from "../../stores/peers/peersStore.ts";
import { selectionStore } from "../../stores/page/selectionStore.ts";

export type ChosenPeer =
  | { readonly kind: "requester"; readonly id: PeerId; readonly setup: RequesterSetup }
  | { readonly kind: "responder"; readonly id: PeerId; readonly setup: ResponderSetup };

/** The selected requester or responder; else the requester in use, else the first responder; null where there is nobody. */
export function useChosenPeer(): ChosenPeer | null {
  const { requesters, responders } = useStore(peersStore);
  const selected = useStore(selectionStore, (state) => state.selected);
  const activeId = useStore(activeStore, (state) => state.id);
  const id = selected?.kind === "requester" || selected?.kind === "responder" ? selected.id : activeId;
  const responder = responders.find((peer) => peer.id === id);
  if (responder) return { kind: "responder", id: responder.id, setup: responder.setup };
  const requester = requesters.find((peer) => peer.id === id) ?? requesters[0];
  if (requester) return { kind: "requester", id: requester.id, setup: requester.setup };
  const first = responders[0];
  return first ? { kind: "responder", id: first.id, setup: first.setup } : null;
}
