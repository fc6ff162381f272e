import type { Box } from "./layout.ts";

/** Where the view is: a place of the diagram × zoom + offset is a place on the screen, in px. */
export interface View {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** Kept free on each side, in px, for what lies above the diagram. */
const MARGIN = { top: 36, right: 14, bottom: 44, left: 14 };
/** Larger is no easier to read. */
const MOST_ZOOM = 1.7;
export const LEAST_ZOOM = 0.2;

/** The view that shows all of `bounds`, as large as is sensible, in the middle of a screen of so many px. */
export function fitTo(bounds: Box, width: number, height: number): View {
  const free = {
    width: Math.max(1, width - MARGIN.left - MARGIN.right),
    height: Math.max(1, height - MARGIN.top - MARGIN.bottom),
  };
  const zoom = Math.max(
    LEAST_ZOOM,
    Math.min(MOST_ZOOM, free.width / Math.max(1, bounds.width), free.height / Math.max(1, bounds.height)),
  );
  return {
    zoom,
    x: MARGIN.left + (free.width - bounds.width * zoom) / 2 - bounds.x * zoom,
    y: MARGIN.top + (free.height - bounds.height * zoom) / 2 - bounds.y * zoom,
  };
}
