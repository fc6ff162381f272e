import { type PeerId, isGone } from "../../domain/events/events.ts";
import { nextName } from "../../domain/setup/names.ts";
import type { ResponderSetup } from "../../domain/setup/setup.ts";
import { agreeTo, isAgreed } from "../handlers/agreedHandlers.ts";
import { DEFAULT_RESPONDER } from "../../domain/setup/defaultSetup.ts";
import { pageNow } from "../page/clock.ts";
import { renameDrafts, takeDrafts } from "../handlers/handlerDrafts.ts";
import { offerUndo } from "../page/history.ts";
import { notify } from "../page/noticesStore.ts";
import {
  connectionStateOf,
  holdResponder,
  killResponderLink,
  linkResponder,
  responderLink,
} from "./peerLinks.ts";
import {
  namesBeside,
  newPeerId,
  patchResponder,
  peersStore,
  rememberName,
  responderOf,
} from "./peersStore.ts";
import { recordPeerState } from "../record/recordStore.ts";
import { select, selectionStore } from "../page/selectionStore.ts";

/** More than this and a browser runs out of workers' memory before it runs out of ideas. */
export const MOST_RESPONDERS = 200;

/**
 * Puts up a responder: like the last one unless told otherwise. Returns its id. Code that is given here was written in this page;
 * what comes from a link or a file goes through `loadSetup`.
 */
export function addResponder(setup: Partial<ResponderSetup> = {}): PeerId {
  if (setup.handler?.kind === "code") agreeTo(setup.handler.source);
  const { responders } = peersStore.getState();
  const like = responders.at(-1)?.setup ?? DEFAULT_RESPONDER;
  return addAfter(responders.length, { ...like, name: nextName("responder", namesBeside(null)), ...setup });
}

/** Puts up `count` responders, as far as there is room for them. */
export function addResponders(count: number): void {
  const room = Math.min(count, MOST_RESPONDERS - peersStore.getState().responders.length);
  for (let made = 0; made < room; made++) addResponder();
  if (room < count) notify("neutral", `${MOST_RESPONDERS} responders is the most that this page can run.`);
}

export function duplicateResponder(id: PeerId): void {
  const { responders } = peersStore.getState();
  const index = responders.findIndex((peer) => peer.id === id);
  const original = responders[index];
  if (original)
    addAfter(index + 1, { ...original.setup, name: nextName(original.setup.name, namesBeside(null)) });
}

function addAfter(at: number, setup: ResponderSetup, id = newPeerId()): PeerId {
  peersStore.setState(({ responders }) => ({
    responders: responders.toSpliced(at, 0, { id, setup, state: "starting", reason: null, since: 0 }),
  }));
  linkResponder(id);
  return id;
}

/**
 * Changes a responder as it runs: from its next request on. A new name takes a new connection. Code that is given here was written
 * in this page, so it runs at once; unless it is said not to be `written` here.
 */
export function editResponder(id: PeerId, patch: Partial<ResponderSetup>, written = true): void {
  const peer = responderOf(id);
  if (!peer) return;
  const setup = { ...peer.setup, ...patch };
  patchResponder(id, { setup });
  if (setup.name !== peer.setup.name) renameDrafts(peer.setup.name, setup.name);
  if (patch.handler?.kind === "code") {
    if (written) agreeTo(patch.handler.source);
    else if (!isAgreed(patch.handler.source)) return holdResponder(id);
  }
  if (patch.handler && peer.state === "unreviewed") return linkResponder(id);
  if (setup.name === peer.setup.name) {
    responderLink(id)?.serve(setup);
    if (setup.subject !== peer.setup.subject || setup.queue !== peer.setup.queue) {
      patchResponder(id, { since: pageNow() });
    }
  } else if (responderLink(id)) {
    // A connection keeps the name it was made with, and the server's monitoring shows that name.
    killResponderLink(id, "removed", { kind: "renamed" });
    linkResponder(id);
  }
}

/** Edits several alike. */
export function editResponders(ids: readonly PeerId[], patch: Partial<ResponderSetup>): void {
  for (const id of ids) editResponder(id, patch);
}

/** What the handlers' drafts of removed responders come back with. */
const removedDrafts = new Map<PeerId, () => void>();

/** Gives a responder this setup; one that was removed comes back, in its place. Its code runs if it was agreed to. */
export function putResponder(index: number, id: PeerId, setup: ResponderSetup): void {
  if (responderOf(id)) return editResponder(id, setup, false);
  removedDrafts.get(id)?.();
  removedDrafts.delete(id);
  addAfter(index, setup, id);
}

/** Silently: without a word, for one that the page itself has put up, or takes back. */
export function removeResponder(id: PeerId, how: "said" | "silently" = "said"): void {
  const peer = responderOf(id);
  if (!peer) return;
  const index = peersStore.getState().responders.indexOf(peer);
  rememberName(id, peer.setup.name);
  killResponderLink(id, "removed", null);
  removedDrafts.set(id, takeDrafts(peer.setup.name));
  peersStore.setState(({ responders }) => ({ responders: responders.filter((other) => other.id !== id) }));
  const { selected } = selectionStore.getState();
  if (selected?.kind === "responder" && selected.id === id) select(null);
  if (how === "silently") return;
  offerUndo(`${peer.setup.name} is removed.`, () => putResponder(index, id, peer.setup));
}

/** A crash: the worker and its connection end at once; what it held is lost. */
export function killResponder(id: PeerId): void {
  if (responderLink(id)) killResponderLink(id, "killed", { kind: "killed" });
}

/** Takes no new request, finishes what it holds, then closes. Loses nothing. */
export function drainResponder(id: PeerId): void {
  const link = responderLink(id);
  if (!link) return;
  patchResponder(id, { state: "draining", reason: null });
  recordPeerState(id, "draining", null);
  link.drain();
}

/** Stays connected and subscribed, but handles nothing until it is thawed. */
export function freezeResponder(id: PeerId): void {
  const link = responderLink(id);
  if (!link || responderOf(id)?.state === "draining") return;
  patchResponder(id, { state: "frozen", reason: null });
  recordPeerState(id, "frozen", null);
  link.freeze();
}

export function thawResponder(id: PeerId): void {
  const link = responderLink(id);
  if (!link || responderOf(id)?.state !== "frozen") return;
  const { state, reason } = connectionStateOf(id);
  patchResponder(id, { state, reason });
  recordPeerState(id, state, { kind: "thawed" });
  link.thaw();
}

/** Starts one again that was killed, drained or crashed. */
export function startResponder(id: PeerId): void {
  const peer = responderOf(id);
  if (peer && isGone(peer.state)) linkResponder(id);
}
