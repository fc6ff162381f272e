import { createStore } from "zustand/vanilla";
import type { PeerId } from "../../domain/events/events.ts";
import { isInboxOfOne } from "../../domain/messages/subjects.ts";
import type { Outsiders } from "./layout/layout.ts";

interface DiagramState {
  /** What the canvas shows, in words, while the page is paused; null otherwise. */
  readonly drawn: string | null;
  /** How much of the traffic is drawn: one of so many exchanges. */
  readonly sampledEvery: number;
  /** Whether programs outside the page were seen to take part. */
  readonly outsiders: Outsiders;
  /** The inbox of each peer that has made a request, as its subscription names it (`_INBOX.….*`). */
  readonly inboxes: ReadonlyMap<PeerId, string>;
}

const NO_OUTSIDERS: Outsiders = { asks: false, answers: false };

/** What the canvas finds out while it draws, for what stands around it. Set only where something differs. */
export const diagramStore = createStore<DiagramState>(() => ({
  drawn: null,
  sampledEvery: 1,
  outsiders: NO_OUTSIDERS,
  inboxes: new Map(),
}));

export function noteDrawn(drawn: string | null): void {
  if (diagramStore.getState().drawn !== drawn) diagramStore.setState({ drawn });
}

export function noteSampled(sampledEvery: number): void {
  if (diagramStore.getState().sampledEvery !== sampledEvery) diagramStore.setState({ sampledEvery });
}

export function noteOutsider(role: "asks" | "answers"): void {
  const { outsiders } = diagramStore.getState();
  if (!outsiders[role]) diagramStore.setState({ outsiders: { ...outsiders, [role]: true } });
}

export function forgetOutsiders(): void {
  if (diagramStore.getState().outsiders !== NO_OUTSIDERS) diagramStore.setState({ outsiders: NO_OUTSIDERS });
}

/** Learns a requester's inbox from the reply subject of one of its requests. */
export function noteInbox(peer: PeerId, reply: string): void {
  // An inbox for one request alone has no token that could be anything.
  const end = isInboxOfOne(reply) ? -1 : reply.lastIndexOf(".");
  const inbox = end === -1 ? reply : `${reply.slice(0, end)}.*`;
  const { inboxes } = diagramStore.getState();
  if (reply === "" || inboxes.get(peer) === inbox) return;
  diagramStore.setState({ inboxes: new Map(inboxes).set(peer, inbox) });
}
