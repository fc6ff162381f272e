import { escapeXml, tag } from "./svgText.ts";

/** Measures what CSS does not tell: how far a typeface reaches above its baseline. */
const measuring = (): CanvasRenderingContext2D | null => document.createElement("canvas").getContext("2d");
let measure: CanvasRenderingContext2D | null = null;

/** A text node as SVG texts, one for each of its lines. `left` and `top` are the picture's corner on the screen. */
export function textOf(node: Text, style: CSSStyleDeclaration, left: number, top: number): string {
  const text = node.data;
  if (text.trim() === "" || Number.parseFloat(style.fontSize) === 0) return "";
  measure ??= measuring();
  if (!measure) return "";
  measure.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  const { fontBoundingBoxAscent: ascent, fontBoundingBoxDescent: descent } = measure.measureText("x");
  return linesOf(node)
    .map(({ words, box }) => {
      const scale = box.height / (ascent + descent);
      const shown = cased(spaced(words, box.width / scale), style.textTransform);
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
          textLength: box.width,
          lengthAdjust: "spacingAndGlyphs",
          "xml:space": "preserve",
        },
        escapeXml(shown),
      );
    })
    .join("");
}

/** A text with those of the spaces around it that take room where it stands; at the edges of a line they take none. */
function spaced(words: string, width: number): string {
  const ways = [words, words.trimStart(), words.trimEnd(), words.trim()];
  const off = (way: string): number => Math.abs((measure?.measureText(way).width ?? 0) - width);
  return ways.reduce((best, way) => (off(way) < off(best) - 0.01 ? way : best));
}

interface Line {
  readonly words: string;
  readonly box: DOMRect;
}

/** What of a text node stands on each line, by where its characters are. */
function linesOf(node: Text): readonly Line[] {
  const range = document.createRange();
  range.selectNodeContents(node);
  const boxes = [...range.getClientRects()].filter(({ width }) => width > 0);
  const [only] = boxes;
  if (!only) return [];
  if (boxes.length === 1) return [{ words: node.data.replace(/\s+/g, " "), box: only }];
  const lines: Line[] = [];
  let from = 0;
  let last: DOMRect | null = null;
  const close = (to: number): void => {
    range.setStart(node, from);
    range.setEnd(node, to);
    const words = node.data.slice(from, to).replace(/\s+/g, " ");
    const box = [...range.getClientRects()].find(({ width }) => width > 0);
    if (words.trim() !== "" && box) lines.push({ words, box });
    from = to;
  };
  for (let at = 0; at < node.data.length; at++) {
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    const box = range.getBoundingClientRect();
    if (box.width === 0) continue;
    if (last && Math.abs(box.top - last.top) > box.height / 2) close(at);
    last = box;
  }
  close(node.data.length);
  return lines;
}

function cased(text: string, transform: string): string {
  if (transform === "uppercase") return text.toUpperCase();
  return transform === "lowercase" ? text.toLowerCase() : text;
}
