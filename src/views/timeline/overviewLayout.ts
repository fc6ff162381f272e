import type { GroupedRows, RowTree } from "../../domain/timeline/rowTrees.ts";
import type { StateBand } from "../../domain/timeline/overviewRows.ts";
import type { TimeWindow } from "../../domain/timeline/timeWindow.ts";
import type { Instant } from "../../domain/base/instant.ts";

/** Rows as large as this show what happened within them; those as large as the second have words. In px. */
export const DETAILED_PX = 3.2;
export const WORDED_PX = 13;
const LARGEST_ROW_PX = 20;
const AXIS_PX = 18;
const LANE_PX = 14;
const MOST_LANES = 6;

/** Where things stand in the overview, in px. */
export interface OverviewLayout {
  readonly window: TimeWindow;
  readonly rows: readonly number[];
  /** How deep each row is in its call tree. */
  readonly depths: Uint8Array;
  readonly trees: readonly RowTree[];
  /** May be a fraction: several rows share a line of pixels then. */
  readonly rowPx: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Bands of one peer in each. */
  readonly lanes: readonly (readonly StateBand[])[];
  x(at: Instant): number;
  at(x: number): Instant;
  y(index: number): number;
  /** The row at a height, or undefined. */
  rowAt(y: number): number | undefined;
}

/** All rows of a window fit: the more there are, the thinner they get. */
export function layoutOverview(
  window: TimeWindow,
  grouped: GroupedRows,
  bands: readonly StateBand[],
  width: number,
  height: number,
): OverviewLayout {
  const { rows, depths, trees } = grouped;
  const byPeer = new Map<number, StateBand[]>();
  for (const band of bands) {
    if (band.from > window.to || (band.to !== null && band.to < window.from)) continue;
    const known = byPeer.get(band.peer);
    if (known) known.push(band);
    else byPeer.set(band.peer, [band]);
  }
  const lanes = [...byPeer.values()].slice(0, MOST_LANES);
  const top = AXIS_PX + lanes.length * LANE_PX + (lanes.length > 0 ? 4 : 0);
  const room = Math.max(1, height - top - 2);
  const rowPx = Math.min(LARGEST_ROW_PX, room / Math.max(1, rows.length));
  const perMs = width / (window.to - window.from);
  return {
    window,
    rows,
    depths,
    trees,
    rowPx,
    top,
    width,
    height,
    lanes,
    x: (at) => (at - window.from) * perMs,
    at: (x) => window.from + x / perMs,
    y: (index) => top + index * rowPx,
    rowAt: (y) => rows[Math.floor((y - top) / rowPx)],
  };
}

export const laneY = (index: number): number => AXIS_PX + index * LANE_PX;
export const LANE_HEIGHT = LANE_PX - 3;
