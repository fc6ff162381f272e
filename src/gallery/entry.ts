import type { Scenario } from "../domain/setup/scenario.ts";

/** A ready scenario: it teaches one thing, and says what to do to see it. */
export interface GalleryEntry {
  /** Names its pictures too: `public/gallery/<id>-light.webp` and `-dark.webp`. */
  readonly id: string;
  readonly title: string;
  /** What it teaches, in a sentence. */
  readonly teaches: string;
  /** What the note of the scenario says to try first, as data: its pictures are taken of it, and a test does it. */
  readonly first: readonly FirstAction[];
  readonly scenario: Scenario;
}

/** A requester sends. */
export interface FirstAction {
  /** By its name. */
  readonly from: string;
  /** So many calls at once. */
  readonly count: number;
  /** So often, each time after the last has ended; once where nothing is said. */
  readonly times?: number;
}
