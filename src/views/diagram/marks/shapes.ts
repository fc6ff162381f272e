import type { MessageShape } from "../../../domain/schedule/flight.ts";

/** How a shape is drawn, about a centre of 0,0 and within 7 of it: once as SVG in the legend, often on the canvas. */
export interface ShapeDrawing {
  readonly outline: string;
  /** The CSS variable that holds its colour. */
  readonly colour: string;
  /** Hollow: only the outline is drawn in the colour, over the surface. */
  readonly hollow: boolean;
  /** Lengths of dashes and gaps of the outline, none for solid. */
  readonly dashes: readonly number[];
  /** Drawn on top: in the surface's colour on a filled shape, in its own on a hollow one. */
  readonly detail: string | null;
  readonly words: string;
  /** What is written beside one on its way, where few are; null for what needs no name. */
  readonly label: string | null;
}

const DIAMOND = "M0 -6.5 6.5 0 0 6.5 -6.5 0Z";

export const SHAPES: Readonly<Record<MessageShape, ShapeDrawing>> = {
  request: {
    outline: "M5 0A5 5 0 1 1 -5 0A5 5 0 1 1 5 0Z",
    colour: "--request",
    hollow: false,
    dashes: [],
    detail: null,
    words: "request",
    label: null,
  },
  reply: {
    outline: DIAMOND,
    colour: "--reply",
    hollow: false,
    dashes: [],
    detail: null,
    words: "reply",
    label: null,
  },
  errorReply: {
    outline: "M0 -7 7 0 0 7 -7 0Z",
    colour: "--error",
    hollow: false,
    dashes: [],
    detail: "M0 -3.2V0.6M0 2.8V3.4",
    words: "error reply",
    label: "error",
  },
  noResponders: {
    outline: "M-5 -5H5V5H-5Z",
    colour: "--no-responders",
    hollow: true,
    dashes: [],
    detail: "M-4.6 4.6 4.6 -4.6",
    words: "no responders",
    label: "503",
  },
  duplicate: {
    outline: DIAMOND,
    colour: "--ghost",
    hollow: true,
    dashes: [],
    detail: "M0 -2.6 2.6 0 0 2.6 -2.6 0Z",
    words: "duplicate",
    label: "duplicate",
  },
  late: {
    outline: DIAMOND,
    colour: "--ghost",
    hollow: true,
    dashes: [2.6, 2],
    detail: null,
    words: "late",
    label: "late",
  },
};

export const MESSAGE_SHAPES: readonly MessageShape[] = [
  "request",
  "reply",
  "errorReply",
  "noResponders",
  "duplicate",
  "late",
];
