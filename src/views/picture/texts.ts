import { escapeXml, tag } from "./svgText.ts";

/** Measures what CSS does not tell: how far a typeface reaches above its baseline. */
const measuring = (): CanvasRenderingContext2D | null => document.createElement("canvas").getContext("2d");
let measure: CanvasRenderingContext2D | null = null;

/**
 * A text node as SVG texts, one for each of its lines. `left` and `top` are the picture's corner on the screen. What reaches beyond
 * `right`, there, ends with “…”; null for a text that is not cut so.
 */
export function textOf(
  node: Text,
  style: CSSStyleDeclaration,
  left: number,
  top: number,
  right: number | null,
): string {
  const text = node.data;
  if (text.trim() === "" || Number.parseFloat(style.fontSize) === 0) return "";
  measure ??= measuring();
  if (!measure) return "";
  measure.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  const { fontBoundingBoxAscent: ascent, fontBoundingBoxDescent: descent } = measure.measureText("x");
  const ellipsis = measure.measureText("…").width;
  return linesOf(node)
    .map((line) => {
      const { box } = line;
      const scale = box.height / (ascent + descent);
      const { words, width } =
        right === null || box.right <= right + 0.5
          ? { words: line.words, width: box.width }
          : cutOff(node, line, right, ellipsis * scale);
      const shown = cased(words, style.textTransform);
      return tag(
        "text",
        {
          x: box.left - left,
          y: box.top - top + ascent * scale,
          fill: style.color,
          "font-family": style.fontFamily,
          "font-size": Number.parseFloat(style.fontSize) * scale,
          "font-weight": style.fontWeight,
          "font-style": style.fontStyle === "normal" ? null : style.fontStyle,
          "text-decoration": style.textDecorationLine === "none" ? null : style.textDecorationLine,
          // Where the same typeface is not there, the text still takes no more room than it has.
          textLength: width,
          lengthAdjust: "spacingAndGlyphs",
          "xml:space": "preserve",
        },
        escapeXml(shown),
      );
    })
    .join("");
}

interface Line {
  readonly words: string;
  /** Where they stand in the node. */
  readonly from: number;
  readonly to: number;
  readonly box: DOMRect;
}

/** What of a text node stands on each line, by where its characters are. */
function linesOf(node: Text): readonly Line[] {
  const { length } = node.data;
  const boxes = boxesOf(node, 0, length);
  const [only] = boxes;
  if (!only) return [];
  if (boxes.length === 1) return [{ words: wordsIn(node, 0, length), from: 0, to: length, box: only }];
  const lines: Line[] = [];
  let from = 0;
  let last: DOMRect | null = null;
  const close = (to: number): void => {
    const words = wordsIn(node, from, to);
    const [box] = boxesOf(node, from, to);
    if (words.trim() !== "" && box) lines.push({ words, from, to, box });
    from = to;
  };
  for (let index = 0; index < length; index++) {
    const [box] = boxesOf(node, index, index + 1);
    if (!box) continue;
    if (last && Math.abs(box.top - last.top) > box.height / 2) close(index);
    last = box;
  }
  close(length);
  return lines;
}

/** Where a part of a node takes room. */
function boxesOf(node: Text, from: number, to: number): readonly DOMRect[] {
  const range = document.createRange();
  range.setStart(node, from);
  range.setEnd(node, to);
  return [...range.getClientRects()].filter(({ width }) => width > 0);
}

/** A part of a node in words, with those of the spaces around them that take room: at the edges of a line they take none. */
function wordsIn(node: Text, from: number, to: number): string {
  const written = node.data.slice(from, to);
  const begins = from + written.length - written.trimStart().length;
  const ends = Math.max(begins, from + written.trimEnd().length);
  const space = (start: number, end: number): string =>
    start < end && boxesOf(node, start, end).length > 0 ? " " : "";
  return space(from, begins) + written.trim().replace(/\s+/g, " ") + space(ends, to);
}

/** A line as far as there is room for it and an ellipsis of such a width. */
function cutOff(
  node: Text,
  { from, to, box }: Line,
  right: number,
  ellipsis: number,
): { readonly words: string; readonly width: number } {
  let end = from;
  let width = 0;
  for (let index = from; index < to; index++) {
    const [character] = boxesOf(node, index, index + 1);
    if (character && character.right + ellipsis > right) break;
    end = index + 1;
    if (character) width = character.right - box.left;
  }
  return { words: `${wordsIn(node, from, end)}…`, width: width + ellipsis };
}

function cased(text: string, transform: string): string {
  if (transform === "uppercase") return text.toUpperCase();
  return transform === "lowercase" ? text.toLowerCase() : text;
}
