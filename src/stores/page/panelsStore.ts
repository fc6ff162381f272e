import { createStore } from "zustand/vanilla";
import { keepFolded, settingsStore, type Panel } from "./settingsStore.ts";

/** What lies under the diagram on a phone: one part at a time. */
export type Sheet = "setup" | "inspector" | "transcript" | "results" | "lesson";

interface Panels {
  /** Large type and a large diagram, for the back of a room. A state of the moment: a reload ends it. */
  readonly presenting: boolean;
  /** What is folded away now. */
  readonly folded: Readonly<Record<Panel, boolean>>;
  /** The open tab of the Results, by its id. */
  readonly tab: string;
  /** Grows when what was looked for in the tabs, such as a filter, is forgotten. */
  readonly begun: number;
  /** Which part is open where only one has room: on a phone. Null: the diagram has all of it. */
  readonly sheet: Sheet | null;
}

/** The tab that is open where nothing says another. */
export const FIRST_TAB = "latency";

export const panelsStore = createStore<Panels>(() => ({
  presenting: false,
  folded: settingsStore.getState().folded,
  tab: FIRST_TAB,
  begun: 0,
  sheet: "setup",
}));

/** Opens a part of the screen under the diagram, where there is room for one. */
export function openSheet(sheet: Sheet | null): void {
  panelsStore.setState({ sheet });
}

/** Folds a part of the screen away, or out again. What is folded during a presentation is not kept. */
export function setFolded(panel: Panel, folded: boolean): void {
  panelsStore.setState((panels) => ({ folded: { ...panels.folded, [panel]: folded } }));
  if (!panelsStore.getState().presenting) keepFolded(panelsStore.getState().folded);
}

/** Gives the screen to the diagram, or gives everything its place back. */
export function setPresenting(presenting: boolean): void {
  const { folded } = settingsStore.getState();
  panelsStore.setState({
    presenting,
    folded: presenting ? { ...folded, results: true, inspector: true } : folded,
  });
}

/** Turns to a tab of the Results, and leaves them folded or open. */
export function turnToTab(tab: string): void {
  panelsStore.setState({ tab });
}

/** Opens a tab of the Results, and the Results with it. */
export function openTab(tab: string): void {
  turnToTab(tab);
  openSheet("results");
  setFolded("results", false);
}

/** Turns to the first tab, as on a page that was just opened: no filter is left in any. */
export function beginTabsAnew(): void {
  panelsStore.setState(({ begun }) => ({ tab: FIRST_TAB, begun: begun + 1 }));
}
