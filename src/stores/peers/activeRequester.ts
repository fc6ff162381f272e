import { createStore } from "zustand/vanilla";
import type { PeerId } from "../../domain/events/events.ts";
import { peersStore, type RequesterPeer } from "./peersStore.ts";

/** The requester whose form is open and that the keyboard sends with. */
export const activeStore = createStore<{ readonly id: PeerId | null }>(() => ({ id: null }));

export function activate(id: PeerId): void {
  activeStore.setState({ id });
}

/** The chosen requester, or the first where the chosen one is gone. */
export function activeRequester(): RequesterPeer | undefined {
  const { requesters } = peersStore.getState();
  const { id } = activeStore.getState();
  return requesters.find((peer) => peer.id === id) ?? requesters[0];
}
