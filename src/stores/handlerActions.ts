import { createStore } from "zustand/vanilla";
import type { PeerId } from "../domain/events.ts";
import { agreeTo, isAgreed } from "./agreedHandlers.ts";
import { openTab } from "./panelsStore.ts";
import { linkResponder } from "./peerLinks.ts";
import { peersStore, responderOf } from "./peersStore.ts";

/** Whose handler the Handler tab shows; null until one was opened. */
export const openedHandler = createStore<{ readonly peer: PeerId | null }>(() => ({ peer: null }));

/** Opens the handler of a responder in the editor. */
export function openHandler(peer: PeerId): void {
  openedHandler.setState({ peer });
  openTab("handler");
}

/** A person has seen the code of this responder and lets it run: here, and wherever the same code is put up. */
export function agreeToHandler(id: PeerId): void {
  const handler = responderOf(id)?.setup.handler;
  if (handler?.kind !== "code") return;
  agreeTo(handler.source);
  for (const peer of peersStore.getState().responders) {
    const theirs = peer.setup.handler;
    if (peer.state === "unreviewed" && theirs.kind === "code" && isAgreed(theirs.source))
      linkResponder(peer.id);
  }
}
