import { createStore } from "zustand/vanilla";
import { createJSONStorage, persist } from "zustand/middleware";
import { checkHandlerSource, withLineFeeds } from "../../domain/setup/handlerSource.ts";
import { browserStorage } from "../page/browserStorage.ts";
import { sourceHash } from "./sourceHash.ts";

/** What a person wrote and has not applied yet. It belongs to a responder and to the code that it would replace there. */
export interface HandlerDraft {
  /** The responder's name: its number is another one after a reload. */
  readonly responder: string;
  /** The hash of the code that it began from. */
  readonly base: string;
  readonly source: string;
}

interface Drafts {
  /** Newest last. */
  readonly drafts: readonly HandlerDraft[];
}

const MOST_KEPT = 40;

export const handlerDrafts = createStore<Drafts>()(
  persist((): Drafts => ({ drafts: [] }), {
    name: "roundtrip.handlerDrafts",
    version: 1,
    storage: createJSONStorage(browserStorage),
    merge: (kept, current) => ({ ...current, drafts: sound(kept) }),
  }),
);

/** Storage can hold anything: only what is understood is taken. */
function sound(kept: unknown): HandlerDraft[] {
  if (typeof kept !== "object" || kept === null || !("drafts" in kept) || !Array.isArray(kept.drafts))
    return [];
  return (kept.drafts as unknown[]).slice(-MOST_KEPT).flatMap((each) => {
    if (typeof each !== "object" || each === null) return [];
    const [responder, base, source] = ["responder", "base", "source"].map((key): unknown =>
      Reflect.get(each, key),
    );
    if (typeof responder !== "string" || typeof base !== "string" || typeof source !== "string") return [];
    const written = withLineFeeds(source);
    return checkHandlerSource(written) === null ? [{ responder, base, source: written }] : [];
  });
}

/** Keeps what a person wrote over the code `applied`; what equals it is no draft. */
export function keepDraft(responder: string, applied: string, source: string): void {
  const base = sourceHash(applied);
  const others = handlerDrafts
    .getState()
    .drafts.filter((each) => each.responder !== responder || each.base !== base);
  const drafts = source === applied ? others : [...others, { responder, base, source }].slice(-MOST_KEPT);
  handlerDrafts.setState({ drafts });
}

/** The drafts follow a responder that is renamed. */
export function renameDrafts(from: string, to: string): void {
  if (from === to || !handlerDrafts.getState().drafts.some((each) => each.responder === from)) return;
  handlerDrafts.setState(({ drafts }) => ({
    drafts: drafts.map((each) => (each.responder === from ? { ...each, responder: to } : each)),
  }));
}

/** Takes the drafts of a responder away, so that another one of its name does not find them. Returns what brings them back. */
export function takeDrafts(responder: string): () => void {
  const taken = handlerDrafts.getState().drafts.filter((each) => each.responder === responder);
  if (taken.length === 0) return () => {};
  handlerDrafts.setState(({ drafts }) => ({ drafts: drafts.filter((each) => !taken.includes(each)) }));
  return () => handlerDrafts.setState(({ drafts }) => ({ drafts: [...drafts, ...taken].slice(-MOST_KEPT) }));
}
