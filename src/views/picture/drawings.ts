/** What of a computed style decides how a part of a drawing looks. */
const LOOKS = [
  "fill",
  "fill-opacity",
  "fill-rule",
  "stroke",
  "stroke-width",
  "stroke-opacity",
  "stroke-dasharray",
  "stroke-dashoffset",
  "stroke-linecap",
  "stroke-linejoin",
  "opacity",
  "color",
  "paint-order",
  "vector-effect",
  "visibility",
] as const;
const LETTERS = [
  "font-family",
  "font-size",
  "font-weight",
  "font-style",
  "text-anchor",
  "dominant-baseline",
] as const;

/** Attributes that mean something only in the page. */
const OF_THE_PAGE = /^(class|style|tabindex|role|id|data-.*|aria-.*|on.*)$/;

/**
 * What an SVG of the page shows, as it would look without the page's stylesheets, in the picture's coordinates. `left` and `top` are
 * the picture's corner on the screen.
 */
export function drawingOf(svg: SVGSVGElement, left: number, top: number): string {
  const matrix = svg.getScreenCTM();
  if (!matrix) return "";
  const group = document.createElementNS("http://www.w3.org/2000/svg", "g");
  const { a, b, c, d, e, f } = matrix;
  group.setAttribute("transform", `matrix(${[a, b, c, d, e - left, f - top].map(round).join(" ")})`);
  for (const child of svg.children) {
    const copy = copied(child);
    if (copy) group.append(copy);
  }
  return new XMLSerializer()
    .serializeToString(group)
    .replace(/ xmlns="http:\/\/www\.w3\.org\/2000\/svg"/g, "");
}

const round = (value: number): number => Math.round(value * 1000) / 1000;

function copied(element: Element): Element | null {
  const style = getComputedStyle(element);
  if (style.display === "none" && !(element instanceof SVGDefsElement) && !inDefinitions(element))
    return null;
  if (element.matches("[data-picture='left out']")) return null;
  const copy = element.cloneNode(false);
  if (!(copy instanceof Element)) return null;
  // A clip or a gradient is found by its name.
  const keepsName = inDefinitions(element);
  for (const { name } of element.attributes) {
    if (OF_THE_PAGE.test(name) && !(keepsName && name === "id")) copy.removeAttribute(name);
  }
  const looks = element instanceof SVGTextContentElement ? [...LOOKS, ...LETTERS] : LOOKS;
  for (const property of looks) {
    const value = style.getPropertyValue(property);
    if (value !== "" && value !== DEFAULTS[property]) copy.setAttribute(property, value);
    else copy.removeAttribute(property);
  }
  for (const child of element.childNodes) {
    if (child instanceof Element) {
      const inner = copied(child);
      if (inner) copy.append(inner);
    } else if (child instanceof Text) copy.append(child.data);
  }
  return copy;
}

const inDefinitions = (element: Element): boolean => element.closest("defs, clipPath, marker") !== null;

/** Values that a drawing has unless told otherwise. */
const DEFAULTS: Readonly<Record<string, string>> = {
  fill: "rgb(0, 0, 0)",
  "fill-opacity": "1",
  "fill-rule": "nonzero",
  stroke: "none",
  "stroke-width": "1px",
  "stroke-opacity": "1",
  "stroke-dasharray": "none",
  "stroke-dashoffset": "0px",
  "stroke-linecap": "butt",
  "stroke-linejoin": "miter",
  opacity: "1",
  "paint-order": "normal",
  "vector-effect": "none",
  visibility: "visible",
};
