import { createStore } from "zustand/vanilla";
import type { PeerId } from "../../domain/events/events.ts";
import { isInboxOfOne } from "../../domain/messages/subjects.ts";

/** The inbox of each peer that has made a request, as its subscription names it (`_INBOX.….*`). */
export const inboxesStore = createStore<ReadonlyMap<PeerId, string>>(() => new Map());

/** Learns a requester's inbox from the reply subject of one of its requests. */
export function noteInbox(peer: PeerId, reply: string): void {
  // An inbox for one request alone has no token that could be anything.
  const end = isInboxOfOne(reply) ? -1 : reply.lastIndexOf(".");
  const inbox = end === -1 ? reply : `${reply.slice(0, end)}.*`;
  const known = inboxesStore.getState();
  if (reply === "" || known.get(peer) === inbox) return;
  inboxesStore.setState(new Map(known).set(peer, inbox), true);
}
