import type { Participants } from "../../domain/narration/narration.ts";
import { nameOf } from "./peersStore.ts";
import { shownPeersStore } from "./shownPeers.ts";
import { isGone } from "../../domain/events/events.ts";

/** Who is who at the instant that the page shows, for telling what happened. */
export const participants: Participants = {
  nameOf,
  groupOf(id) {
    const { responders } = shownPeersStore.getState();
    const setup = responders.find((peer) => peer.id === id)?.setup;
    if (!setup || setup.queue === null) return null;
    const { subject, queue } = setup;
    const members = responders.filter(
      (peer) => peer.setup.subject === subject && peer.setup.queue === queue && !isGone(peer.state),
    ).length;
    return { queue, members };
  },
};
