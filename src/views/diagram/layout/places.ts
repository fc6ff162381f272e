import type { PeerId } from "../../../domain/events/events.ts";
import type { Density, FrameInsets, Size } from "./measures.ts";
import type { Topology } from "./topology.ts";

export interface Box extends Size {
  readonly x: number;
  readonly y: number;
}

/** Programs outside the page that take part: they ask, they answer, or both. */
export interface Outsiders {
  readonly asks: boolean;
  readonly answers: boolean;
}

/** How many letters the longest names have. */
export interface Letters {
  readonly requester: number;
  readonly responder: number;
}

export const nodeId = {
  requester: (id: PeerId): string => `requester:${id}`,
  responder: (id: PeerId): string => `responder:${id}`,
  server: "server",
  outsideAsking: "outside:asking",
  outsideAnswering: "outside:answering",
  nobodyAsks: "nobody:asks",
  nobodyAnswers: "nobody:answers",
} as const;

/** Who has to be placed. */
export interface Cast {
  readonly topology: Topology;
  readonly requesters: readonly PeerId[];
  readonly outside: Outsiders;
  readonly letters: Letters;
}

/** One of the ways to place them. */
export interface Plan {
  readonly density: Density;
  /** Requesters without their subjects: where the height is short. */
  readonly small: boolean;
  readonly frame: FrameInsets;
  /** Members beside each other in a frame, at most. */
  readonly columns: number;
  /** Between two columns of nodes: where the messages travel. */
  readonly gap: number;
  /** How much more than the least lies between nodes that stand below each other. */
  readonly stretch: number;
}

/** The smallest box around all of them; a point for none. */
export function boundsOf(boxes: Iterable<Box>): Box {
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  for (const { x, y, width, height } of boxes) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + width);
    bottom = Math.max(bottom, y + height);
  }
  if (left === Infinity) return { x: 0, y: 0, width: 0, height: 0 };
  return { x: left, y: top, width: right - left, height: bottom - top };
}
