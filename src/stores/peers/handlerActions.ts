import { createStore } from "zustand/vanilla";
import { isGone, type PeerId } from "../../domain/events/events.ts";
import type { HandlerRef, ResponderSetup } from "../../domain/setup/setup.ts";
import { agreeTo, isAgreed } from "../handlers/agreedHandlers.ts";
import { isFramed } from "../page/framed.ts";
import { keepDraft } from "../handlers/handlerDrafts.ts";
import { openTab } from "../page/panelsStore.ts";
import { linkResponder } from "./peerLinks.ts";
import { patchResponder, peersStore, responderOf, type ResponderPeer } from "./peersStore.ts";
import { changeAlongside, offerUndo } from "../page/history.ts";
import { editResponder, startResponder } from "./responderActions.ts";
import { renameSavedHandler, savedHandler } from "../handlers/savedHandlers.ts";
import { select } from "../page/selectionStore.ts";

/** Whose handler the Handler tab shows when no responder is selected; null until one was opened. */
export const openedHandler = createStore<{ readonly peer: PeerId | null }>(() => ({ peer: null }));

/** Opens the handler of a responder in the editor. */
export function openHandler(peer: PeerId): void {
  openedHandler.setState({ peer });
  select({ kind: "responder", id: peer });
  openTab("handler");
}

/** The responders that do the same work as this one: same subject, same queue group. It is one of them. */
export function colleaguesOf(id: PeerId): readonly ResponderPeer[] {
  const own = responderOf(id);
  if (!own) return [];
  const { subject, queue } = own.setup;
  return peersStore
    .getState()
    .responders.filter(({ setup }) => setup.subject === subject && setup.queue === queue);
}

/** Lets these responders answer with a handler that was written here, from their next requests on. Starts those that have ended. */
export function applyHandler(ids: readonly PeerId[], handler: HandlerRef): void {
  for (const id of ids) {
    editResponder(id, { handler });
    const peer = responderOf(id);
    if (peer && isGone(peer.state)) startResponder(id);
  }
}

/**
 * Puts a responder back on a handler, and drops what was written over the code `applied`. Can be undone.
 * `draft` is what was written, null for nothing.
 */
export function resetHandler(id: PeerId, handler: HandlerRef, applied: string, draft: string | null): void {
  const peer = responderOf(id);
  if (!peer) return;
  const { handler: before, name }: ResponderSetup = peer.setup;
  const wasAgreed = before.kind !== "code" || isAgreed(before.source);
  keepDraft(name, applied, applied);
  editResponder(id, { handler });
  const restoreDraft = (): void => {
    if (draft !== null) keepDraft(name, applied, draft);
  };
  changeAlongside({ undo: restoreDraft, redo: () => keepDraft(name, applied, applied) });
  offerUndo(`The handler of ${name} is reset.`, () => {
    restoreDraft();
    editResponder(id, { handler: before }, wasAgreed);
  });
}

/** Gives a saved handler another name, also where it runs. Returns what is wrong with the name, or null. */
export function renameHandler(title: string, next: string): string | null {
  const source = savedHandler(title)?.source;
  const wrong = renameSavedHandler(title, next);
  if (wrong !== null) return wrong;
  for (const { id, setup } of peersStore.getState().responders) {
    const { handler } = setup;
    if (handler.kind !== "code" || handler.title !== title || handler.source !== source) continue;
    patchResponder(id, { setup: { ...setup, handler: { ...handler, title: next } } });
  }
  return null;
}

/** A person has seen this code, which is the responder's, and lets it run: here, and wherever the same code is put up. */
export function agreeToHandler(id: PeerId, seen: string): void {
  const handler = responderOf(id)?.setup.handler;
  if (handler?.kind !== "code" || handler.source !== seen || isFramed) return;
  agreeTo(handler.source);
  for (const peer of peersStore.getState().responders) {
    const theirs = peer.setup.handler;
    if (peer.state === "unreviewed" && theirs.kind === "code" && isAgreed(theirs.source))
      linkResponder(peer.id);
  }
}
