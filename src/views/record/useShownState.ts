import type { Reason } from "../../domain/events/reasons.ts";
import { useStore } from "zustand";
import type { PeerState } from "../../domain/events/events.ts";
import type { RequesterPeer, ResponderPeer } from "../../stores/peers/peersStore.ts";
import { shownPeersStore } from "../../stores/peers/shownPeers.ts";

/** The state of a peer at the instant that the page shows; as it is now when it did not exist then. */
export function useShownState({ id, state, reason }: RequesterPeer | ResponderPeer): {
  readonly state: PeerState;
  readonly reason: Reason | null;
} {
  const shown = useStore(shownPeersStore, ({ requesters, responders }) =>
    [...requesters, ...responders].find((peer) => peer.id === id),
  );
  return shown ?? { state, reason };
}
