import type { Reason } from "../../domain/events/reasons.ts";
import { createStore } from "zustand/vanilla";
import { OUTSIDE, type PeerId, type PeerState } from "../../domain/events/events.ts";
import type { LoadPlan, RequesterSetup, ResponderSetup } from "../../domain/setup/setup.ts";
import type { LoadProgress } from "../../workers/messages.ts";
import type { Instant } from "../../domain/base/instant.ts";

export interface ResponderPeer {
  readonly id: PeerId;
  readonly setup: ResponderSetup;
  readonly state: PeerState;
  /** Why it is in that state; null when there is nothing to say. */
  readonly reason: Reason | null;
  /** Since when it is up with this subject and in this queue group. */
  readonly since: Instant;
}

export interface RequesterPeer {
  readonly id: PeerId;
  readonly setup: RequesterSetup;
  readonly state: PeerState;
  readonly reason: Reason | null;
  /** The load it runs when told to. */
  readonly plan: LoadPlan;
  readonly load: LoadProgress | null;
  /** How many calls it was told to make so far; numbers the next one. */
  readonly asked: number;
}

interface Peers {
  readonly responders: readonly ResponderPeer[];
  readonly requesters: readonly RequesterPeer[];
}

export const peersStore = createStore<Peers>(() => ({ responders: [], requesters: [] }));

/** Ids are given once and never again, so that a record never mixes two peers up. */
let lastId: PeerId = OUTSIDE;
export const newPeerId = (): PeerId => ++lastId;

export const responderOf = (id: PeerId): ResponderPeer | undefined =>
  peersStore.getState().responders.find((peer) => peer.id === id);

export const requesterOf = (id: PeerId): RequesterPeer | undefined =>
  peersStore.getState().requesters.find((peer) => peer.id === id);

export function patchResponder(id: PeerId, patch: Partial<Omit<ResponderPeer, "id">>): void {
  peersStore.setState(({ responders }) => ({
    responders: responders.map((peer) => (peer.id === id ? { ...peer, ...patch } : peer)),
  }));
}

export function patchRequester(id: PeerId, patch: Partial<Omit<RequesterPeer, "id">>): void {
  peersStore.setState(({ requesters }) => ({
    requesters: requesters.map((peer) => (peer.id === id ? { ...peer, ...patch } : peer)),
  }));
}

/** The names of all peers but one: two may not share a name. */
export function namesBeside(id: PeerId | null): string[] {
  const { responders, requesters } = peersStore.getState();
  return [...responders, ...requesters].filter((peer) => peer.id !== id).map((peer) => peer.setup.name);
}

/** The name of a peer, also of one that was removed while its exchanges are still in the record. */
export function nameOf(id: PeerId): string {
  if (id === OUTSIDE) return "outside";
  return responderOf(id)?.setup.name ?? requesterOf(id)?.setup.name ?? departed.get(id) ?? `peer ${id}`;
}

const departed = new Map<PeerId, string>();

/** Keeps a name for the record's sake. */
export function rememberName(id: PeerId, name: string): void {
  departed.set(id, name);
}
