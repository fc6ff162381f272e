import { tag } from "./svgText.ts";

/** A place in the picture, in px. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The background and the border of an element as SVG. `scale`: how much larger it is than its style says. */
export function boxOf(style: CSSStyleDeclaration, place: Place, scale: number): string {
  return backgroundOf(style, place, scale) + bordersOf(style, place, scale);
}

const isSeen = (colour: string): boolean => colour !== "transparent" && !/,\s*0\)$|\/\s*0\)$/.test(colour);

const radiusOf = (style: CSSStyleDeclaration, { width, height }: Place, scale: number): number => {
  const radius = style.borderTopLeftRadius;
  const px = radius.endsWith("%")
    ? (Number.parseFloat(radius) / 100) * width
    : Number.parseFloat(radius) * scale;
  return Math.min(px || 0, width / 2, height / 2);
};

function backgroundOf(style: CSSStyleDeclaration, place: Place, scale: number): string {
  const { backgroundColor, backgroundImage, backgroundSize } = style;
  const rx = radiusOf(style, place, scale) || null;
  let drawn = "";
  if (isSeen(backgroundColor)) drawn += tag("rect", { ...place, rx, fill: backgroundColor });
  if (backgroundImage.includes("gradient")) {
    const [first, second] = backgroundImage.match(/rgba?\([^)]*\)/g) ?? [];
    if (first === undefined) return drawn;
    const line = /(\d+(?:\.\d+)?)px$/.exec(backgroundSize);
    if (line) {
      // A line across it, at the height that its position says.
      const height = Number(line[1]) * scale;
      const y = place.y + offsetOf(style.backgroundPositionY, place.height - height, scale);
      drawn += tag("rect", { ...place, y, height, fill: first });
    } else {
      if (second !== undefined && isSeen(second)) drawn += tag("rect", { ...place, rx, fill: second });
      drawn += stripes(place, first);
    }
  }
  return drawn;
}

/** Where a background begins, in px from the edge, as its position says: in px, or as a share of the room there is. */
export function offsetOf(position: string, room: number, scale: number): number {
  const value = Number.parseFloat(position) || 0;
  return position.endsWith("px") ? value * scale : (value / 100) * room;
}

/** Slanted stripes, cut off at the edges of a place. */
function stripes({ x, y, width, height }: Place, colour: string): string {
  const step = 5;
  let path = "";
  for (let from = x - height; from < x + width; from += step) {
    const [left, right] = [Math.max(x, from), Math.min(x + width, from + height)];
    if (right > left)
      path += `M${left.toFixed(1)} ${(y + height - (left - from)).toFixed(1)}L${right.toFixed(1)} ${(y + height - (right - from)).toFixed(1)}`;
  }
  return path === "" ? "" : tag("path", { d: path, stroke: colour, "stroke-width": 2, fill: "none" });
}

const SIDES = ["Top", "Right", "Bottom", "Left"] as const;

function bordersOf(style: CSSStyleDeclaration, place: Place, scale: number): string {
  const sides = SIDES.map((side) => ({
    width: Number.parseFloat(style[`border${side}Width`]) * scale,
    colour: style[`border${side}Color`],
    line: style[`border${side}Style`],
  }));
  const [first] = sides;
  const same = sides.every(
    ({ width, colour, line }) => width === first?.width && colour === first.colour && line === first.line,
  );
  if (first && same) {
    if (first.width === 0 || first.line === "none" || !isSeen(first.colour)) return "";
    const half = first.width / 2;
    const inner = {
      x: place.x + half,
      y: place.y + half,
      width: Math.max(0, place.width - first.width),
      height: Math.max(0, place.height - first.width),
    };
    return tag("rect", {
      ...inner,
      rx: Math.max(0, radiusOf(style, place, scale) - half) || null,
      fill: "none",
      stroke: first.colour,
      "stroke-width": first.width,
      "stroke-dasharray": dashes(first.line, first.width),
    });
  }
  const { x, y, width, height } = place;
  return sides
    .map(({ width: thick, colour, line }, index) => {
      if (!(thick > 0) || line === "none" || !isSeen(colour)) return "";
      const half = thick / 2;
      const [x1, y1, x2, y2] = [
        [x, y + half, x + width, y + half],
        [x + width - half, y, x + width - half, y + height],
        [x, y + height - half, x + width, y + height - half],
        [x + half, y, x + half, y + height],
      ][index] ?? [0, 0, 0, 0];
      return tag("line", {
        x1: x1 ?? 0,
        y1: y1 ?? 0,
        x2: x2 ?? 0,
        y2: y2 ?? 0,
        stroke: colour,
        "stroke-width": thick,
        "stroke-dasharray": dashes(line, thick),
      });
    })
    .join("");
}

function dashes(line: string, width: number): string | null {
  if (line === "dashed") return `${width * 3} ${width * 2.5}`;
  return line === "dotted" ? `${width} ${width * 1.5}` : null;
}
