/** Sizes on the diagram, in units that are pixels at a zoom of 1. Text in nodes is sized to fit them. */

/** How much of each responder there is room for: everything, one line, or a tile with the end of its name. */
export type Density = "card" | "line" | "tile";

/** Beside each other on a screen, above each other on a phone. */
export type Direction = "wide" | "tall";

export interface Size {
  readonly width: number;
  readonly height: number;
}

export const RESPONDER: Readonly<Record<Density, Size & { readonly gap: number }>> = {
  card: { width: 138, height: 46, gap: 14 },
  line: { width: 146, height: 30, gap: 11 },
  tile: { width: 42, height: 35, gap: 9 },
};

export const REQUESTER: Size = { width: 136, height: 122 };
/** Several requesters get less height each. */
export const REQUESTER_SMALL: Size = { width: 168, height: 68 };
/** Where everything is as wide as the screen. */
export const REQUESTER_FLAT_HEIGHT = 74;

/** The slot at the foot of a requester, where its replies come in. */
const INBOX_INSET = 8;
export const slotHeight = (requesterHeight: number): number => (requesterHeight >= 100 ? 42 : 30);
/** In the middle of its slot. */
export const slotAt = (requesterHeight: number): number =>
  requesterHeight - INBOX_INSET - slotHeight(requesterHeight) / 2;

export interface ServerMeasures {
  readonly header: number;
  readonly row: number;
  /** There is only room for the subjects. */
  readonly brief: boolean;
  readonly inboxRow: number;
  readonly foot: number;
}

/** More subjects than these get one line each. */
const MOST_ROOMY_ROWS = 4;

export function serverMeasures(direction: Direction, rows: number): ServerMeasures {
  const brief = rows > MOST_ROOMY_ROWS;
  return direction === "wide"
    ? { header: 50, row: brief ? 33 : 50, brief, inboxRow: 40, foot: 2 }
    : { header: 34, row: brief ? 26 : 40, brief, inboxRow: 28, foot: 2 };
}

/** At least as wide as its name. */
export const SERVER_WIDTH = { least: 150, most: 216 };

export const serverHeight = (direction: Direction, rows: number): number => {
  const { header, row, inboxRow, foot } = serverMeasures(direction, rows);
  return header + rows * row + inboxRow + foot;
};

/** How far above a row's lower end the rail lies on which its messages cross the server. */
const RAIL_RISE = 8;
/** And how far below the upper end of the row of the inboxes: replies pass above it, its words stand below. */
const INBOX_RAIL_DROP = 13;

/** How far below the server's upper edge the rail of a row lies; the row after the last is the inboxes'. */
export function railAt(row: number, rows: number): number {
  const { header, row: height } = serverMeasures("wide", rows);
  return row < rows ? header + (row + 1) * height - RAIL_RISE : header + rows * height + INBOX_RAIL_DROP;
}

/** Where the rails lie in from the server's sides when it stands between what is above and what is below it. */
export const GUTTER = 16;

export const OUTSIDE_SIZE: Size = { width: 150, height: 56 };

/** What a frame keeps around its members: its heading is above them, or before them where many frames share the height. */
export interface FrameInsets {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

export const HEADED: FrameInsets = { top: 28, right: 9, bottom: 10, left: 9 };
/** Where lines come from above, its heading is below. */
export const FOOTED: FrameInsets = { top: 14, right: 9, bottom: 27, left: 9 };
export const STRIP: FrameInsets = { top: 5, right: 8, bottom: 5, left: 108 };

/** Room for so many letters of the diagram's monospaced names, with the sign before them and some air. */
export const nameWidth = (letters: number, least: number, most: number): number =>
  Math.round(Math.min(most, Math.max(least, letters * 7.85 + 48)));
