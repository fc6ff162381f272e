import type { Box } from "../layout/places.ts";
import type { Point } from "../layout/route.ts";

/** Words that belong to a mark. */
export interface Label {
  /** The same for as long as it is the same mark's. */
  readonly key: string;
  readonly at: Point;
  readonly words: string;
  /** How wide the words are, and the CSS variable with their colour. */
  readonly width: number;
  readonly colour: string;
  /** Whether it is first looked for a place below its mark: what stands in a node has that node's words above it. */
  readonly below?: boolean;
}

export interface PlacedLabel extends Label {
  readonly box: Box;
}

/** In the diagram's units. */
const HEIGHT = 14;
const PADDING = 3;
/** From the middle of a mark to its edge. */
const MARK = 7;
const GAP = 1;

/** Where words may stand by their mark, the best first: so many times their own width and height from it, beside and below. */
type Place = readonly [beside: number, below: number];
const PLACES: readonly Place[] = [
  [0, -1],
  [0, 1],
  [0.5, -1],
  [-0.5, -1],
  [0.5, 1],
  [-0.5, 1],
  [1, 0],
  [-1, 0],
  [0, -2],
  [0, 2],
];

/** Lays out words beside marks so that they cover no mark and no other words; those without room are left out. */
export class LabelLayout {
  /** By key, the place that words stood in last: where they still can they stay there. */
  #kept = new Map<string, Place>();

  place(labels: readonly Label[], marks: readonly Point[], scale: number): readonly PlacedLabel[] {
    const taken: Box[] = marks.map(({ x, y }) => ({
      x: x - MARK * scale,
      y: y - MARK * scale,
      width: 2 * MARK * scale,
      height: 2 * MARK * scale,
    }));
    const kept = new Map<string, Place>();
    const placed: PlacedLabel[] = [];
    for (const label of labels) {
      const before = this.#kept.get(label.key);
      for (const place of before ? [before, ...PLACES] : PLACES) {
        const box = boxOf(label, label.below ? [place[0], -place[1]] : place, scale);
        if (taken.some((other) => overlap(box, other))) continue;
        taken.push(box);
        kept.set(label.key, place);
        placed.push({ ...label, box });
        break;
      }
    }
    this.#kept = kept;
    return placed;
  }
}

function boxOf({ at, width: words }: Label, [beside, below]: Place, scale: number): Box {
  const width = words + 2 * PADDING * scale;
  const height = HEIGHT * scale;
  const clear = (MARK + GAP) * scale;
  const x = at.x + (below === 0 ? beside * (width / 2 + clear) : beside * width);
  const y = at.y + Math.sign(below) * (clear + (Math.abs(below) - 0.5) * height);
  return { x: x - width / 2, y: y - height / 2, width, height };
}

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
