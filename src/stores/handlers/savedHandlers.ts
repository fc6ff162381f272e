import { createStore } from "zustand/vanilla";
import { createJSONStorage, persist } from "zustand/middleware";
import { checkHandlerSource, checkHandlerTitle, withLineFeeds } from "../../domain/setup/handlerSource.ts";
import { browserStorage, isKept } from "../page/browserStorage.ts";
import { notify } from "../page/noticesStore.ts";

/** A handler that a person gave a name, to be used again. Its title is its identity. */
export interface SavedHandler {
  readonly title: string;
  readonly source: string;
  /** The built-in handler that it began as, by its id. */
  readonly basedOn?: string;
}

interface Saved {
  /** By title. */
  readonly handlers: readonly SavedHandler[];
}

const MOST_SAVED = 100;

export const savedHandlers = createStore<Saved>()(
  persist((): Saved => ({ handlers: [] }), {
    name: "roundtrip.savedHandlers",
    version: 1,
    storage: createJSONStorage(browserStorage),
    merge: (kept, current) => ({ ...current, handlers: sound(kept) }),
  }),
);

/** Storage can hold anything: only what is understood is taken. */
function sound(kept: unknown): SavedHandler[] {
  if (typeof kept !== "object" || kept === null || !("handlers" in kept)) return [];
  if (!Array.isArray(kept.handlers)) return [];
  const found = new Map<string, SavedHandler>();
  for (const each of kept.handlers.slice(0, MOST_SAVED) as unknown[]) {
    if (typeof each !== "object" || each === null || !("title" in each) || !("source" in each)) continue;
    const { title } = each;
    if (typeof title !== "string" || typeof each.source !== "string") continue;
    const source = withLineFeeds(each.source);
    if (checkHandlerTitle(title) !== null || checkHandlerSource(source) !== null) continue;
    const basedOn = "basedOn" in each && typeof each.basedOn === "string" ? { basedOn: each.basedOn } : {};
    found.set(title, { title, source, ...basedOn });
  }
  return sorted([...found.values()]);
}

// A function, not a constant: storage is read while this file is still being run.
function sorted(handlers: readonly SavedHandler[]): SavedHandler[] {
  return handlers.toSorted((one, other) => one.title.localeCompare(other.title));
}

export const savedHandler = (title: string): SavedHandler | undefined =>
  savedHandlers.getState().handlers.find((each) => each.title === title);

/** Keeps a handler under its title, in place of the one that had it. Returns what is wrong, or null. */
export function saveHandler(handler: SavedHandler): string | null {
  const wrong = checkHandlerTitle(handler.title) ?? checkHandlerSource(handler.source);
  if (wrong !== null) return wrong;
  const others = savedHandlers.getState().handlers.filter(({ title }) => title !== handler.title);
  if (others.length >= MOST_SAVED) return `${MOST_SAVED} handlers are kept already. Delete one first.`;
  savedHandlers.setState({ handlers: sorted([...others, handler]) });
  return isKept("roundtrip.savedHandlers")
    ? null
    : "This browser's storage is full or blocked, so it is kept only until the page is closed.";
}

/** Returns what is wrong with the new title, or null. */
export function renameSavedHandler(title: string, next: string): string | null {
  const handler = savedHandler(title);
  if (!handler || title === next) return null;
  if (savedHandler(next)) return `There is a handler named ${next} already.`;
  const wrong = saveHandler({ ...handler, title: next });
  if (wrong === null) dropHandler(title);
  return wrong;
}

/** Can be undone. */
export function deleteSavedHandler(title: string): void {
  const handler = savedHandler(title);
  if (!handler) return;
  dropHandler(title);
  notify("neutral", `The handler ${title} is deleted. Responders that run it keep it.`, {
    label: "Undo",
    run: () => void saveHandler(handler),
  });
}

function dropHandler(title: string): void {
  savedHandlers.setState(({ handlers }) => ({ handlers: handlers.filter((each) => each.title !== title) }));
}
