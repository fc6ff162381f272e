import type { Box } from "./places.ts";
import type { Size } from "./measures.ts";

/** Where the view is: a place of the diagram × zoom + offset is a place on the screen, in px. */
export interface View {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** Kept free on each side, in px, for what lies above the diagram. On a narrow one the caption has a line of its own there. */
const MARGIN = { top: 36, right: 14, bottom: 30, left: 14 };
const NARROW = { width: 620, top: 54 };
const topOf = (room: Size): number => (room.width < NARROW.width ? NARROW.top : MARGIN.top);
/** Larger is no easier to read, from the back of a room either. */
const MOST_ZOOM = 3;
export const LEAST_ZOOM = 0.2;

/** What is left of so many px for the nodes. */
export const freeRoom = (room: Size): Size => ({
  width: Math.max(1, room.width - MARGIN.left - MARGIN.right),
  height: Math.max(1, room.height - topOf(room) - MARGIN.bottom),
});

/** How large something can be shown in a room of so many px. */
export function zoomFor(bounds: Size, room: Size): number {
  const free = freeRoom(room);
  return Math.max(
    LEAST_ZOOM,
    Math.min(MOST_ZOOM, free.width / Math.max(1, bounds.width), free.height / Math.max(1, bounds.height)),
  );
}

/** The view that shows all of `bounds`, as large as is sensible, in the middle of a screen of so many px. */
export function fitTo(bounds: Box, width: number, height: number): View {
  const room = { width, height };
  const free = freeRoom(room);
  const zoom = zoomFor(bounds, room);
  return {
    zoom,
    x: MARGIN.left + (free.width - bounds.width * zoom) / 2 - bounds.x * zoom,
    y: topOf(room) + (free.height - bounds.height * zoom) / 2 - bounds.y * zoom,
  };
}
