/** Sizes on the diagram, in units that are pixels at a zoom of 1. Text in nodes is sized to fit them. */

/** How much of each responder there is room for: everything, one line, or a tile with the end of its name. */
export type Density = "card" | "line" | "tile";

export interface Size {
  readonly width: number;
  readonly height: number;
}

export const densityOf = (responders: number): Density =>
  responders <= 6 ? "card" : responders <= 16 ? "line" : "tile";

export const RESPONDER: Readonly<Record<Density, Size & { readonly gap: number }>> = {
  card: { width: 172, height: 46, gap: 13 },
  line: { width: 160, height: 30, gap: 10 },
  tile: { width: 42, height: 32, gap: 8 },
};

export const REQUESTER: Size = { width: 184, height: 104 };
/** Several requesters get less height each. */
export const REQUESTER_SMALL: Size = { width: 184, height: 68 };
/** From here down is the inbox slot. */
export const INBOX_SLOT = { height: 30, inset: 8 };

export const SERVER = { width: 188, header: 48, row: 50, inboxRow: 40, foot: 6 };
/** How far above a row's lower end the rail lies on which its messages cross the server. */
const RAIL_RISE = 8;
/** Where the rails lie in from the server's sides when it stands between what is above and what is below it. */
export const GUTTER = 16;

export const OUTSIDE_SIZE: Size = { width: 184, height: 56 };

export const FRAME = { header: 30, padding: 10, gap: 18 };

export const serverHeight = (rows: number): number =>
  SERVER.header + rows * SERVER.row + SERVER.inboxRow + SERVER.foot;

/** How far below the server's upper edge the rail of a row lies; the row after the last is the inboxes'. */
export const railAt = (row: number, rows: number): number =>
  row < rows
    ? SERVER.header + (row + 1) * SERVER.row - RAIL_RISE
    : SERVER.header + rows * SERVER.row + SERVER.inboxRow - RAIL_RISE;
