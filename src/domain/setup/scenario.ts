import type { Setup } from "./setup.ts";

/**
 * All that one person gives another to see the same: one document, as a link, a file or a named setup. It never holds
 * credentials, and what it holds comes from anywhere: `parseScenario` reads it.
 */
export interface Scenario {
  /** What it is about, in a few words. */
  readonly title?: string;
  /** What to try first or to look at, for whoever opens it: plain text. */
  readonly note?: string;
  /** The address of a server's WebSocket, or `in-tab`; never with credentials. Left out: whichever server the page has. */
  readonly server?: string;
  /** A lesson to be opened beside it, by its id. */
  readonly lesson?: string;
  readonly view?: ScenarioView;
  readonly setup: Setup;
}

/** What a scenario says about itself. */
export type ScenarioWords = Pick<Scenario, "title" | "note">;

/** How the page looks. */
export interface ScenarioView {
  /** The open tab of the Results, by its id. */
  readonly tab?: string;
  /** In slow motion: drawn 1/`slowdown` as fast as it happens. */
  readonly slowdown?: number;
  /** Large, for the back of a room. */
  readonly presenting?: boolean;
}
