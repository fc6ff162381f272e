import { useMemo } from "react";
import { useStore } from "zustand";
import { peersStore, type ResponderPeer } from "../../stores/peers/peersStore.ts";
import { handlerDrafts, keepDraft } from "../../stores/handlers/handlerDrafts.ts";
import { sourceHash } from "../../stores/handlers/sourceHash.ts";
import { sourceOf } from "../code/handlerSources.ts";

export interface ShownHandler {
  /** What answers now. */
  readonly applied: string;
  /** What the editor shows: what was written over it, or itself. */
  readonly source: string;
  /** Something was written and is not applied. */
  readonly edited: boolean;
  write(source: string): void;
}

/** The names of responders whose handlers were edited here and do not answer with that yet. */
export function useUnappliedEdits(): readonly string[] {
  const responders = useStore(peersStore, (peers) => peers.responders);
  const drafts = useStore(handlerDrafts, (all) => all.drafts);
  return useMemo(
    () =>
      responders
        .filter(({ setup: { name, handler } }) =>
          drafts.some(
            (each) => each.responder === name && each.base === sourceHash(sourceOf(handler).source),
          ),
        )
        .map(({ setup }) => setup.name),
    [responders, drafts],
  );
}

/** The source of a responder's handler, with what was written over it in this browser. */
export function useHandlerDraft({ setup }: ResponderPeer): ShownHandler {
  const { name, handler } = setup;
  const applied = sourceOf(handler).source;
  const base = useMemo(() => sourceHash(applied), [applied]);
  const draft = useStore(
    handlerDrafts,
    ({ drafts }) => drafts.find((each) => each.responder === name && each.base === base)?.source,
  );
  return {
    applied,
    source: draft ?? applied,
    edited: draft !== undefined,
    write: (source) => keepDraft(name, applied, source),
  };
}
