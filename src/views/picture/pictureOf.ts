import { boxOf, type Place } from "./boxes.ts";
import { drawingOf } from "./drawings.ts";
import { fontsFor } from "./fonts.ts";
import { tag } from "./svgText.ts";
import { textOf } from "./texts.ts";

/** A picture that stands alone. Lengths in px. */
export interface Picture {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

/** Marks what is there to be operated, and is no part of a picture. */
const LEFT_OUT =
  "[data-picture='left out'], button.icon-button, .visually-hidden, .react-flow__panel, [role='tooltip']";

/**
 * An SVG of a part of the page as it looks now: boxes as rectangles, words as text, drawings as drawings, and each canvas as the image
 * that it shows. It needs nothing of the page, its colours and typefaces are inside. `without`: a selector of what else is no part of it.
 */
export async function pictureOf(element: Element, without?: string): Promise<Picture> {
  const { left, top, width, height } = element.getBoundingClientRect();
  const painter = new Painter(left, top, without === undefined ? LEFT_OUT : `${LEFT_OUT}, ${without}`);
  const drawn =
    element instanceof SVGSVGElement ? drawingOf(element, left, top) : painter.element(element, element);
  const surface = getComputedStyle(document.documentElement).getPropertyValue("--surface").trim();
  const fonts = await fontsFor(element.textContent, [...painter.families, ...familiesIn(drawn)]);
  const svg = tag(
    "svg",
    { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}` },
    (fonts === "" ? "" : `<style>${fonts}</style>`) +
      tag("rect", { width: "100%", height: "100%", fill: surface }) +
      (painter.clips === "" ? "" : `<defs>${painter.clips}</defs>`) +
      drawn,
  );
  return { svg, width, height };
}

const familiesIn = (drawn: string): string[] =>
  [...drawn.matchAll(/font-family="([^"]*)"/g)].map(([, family = ""]) => family);

class Painter {
  readonly families = new Set<string>();
  clips = "";
  readonly #left: number;
  readonly #top: number;
  #clipCount = 0;

  readonly #leftOut: string;

  constructor(left: number, top: number, leftOut: string) {
    this.#left = left;
    this.#top = top;
    this.#leftOut = leftOut;
  }

  element(element: Element, root: Element): string {
    if (element !== root && element.matches(this.#leftOut)) return "";
    const style = getComputedStyle(element);
    if (style.display === "none" || style.opacity === "0") return "";
    const box = element.getBoundingClientRect();
    const place: Place = {
      x: box.left - this.#left,
      y: box.top - this.#top,
      width: box.width,
      height: box.height,
    };
    const drawn = this.#drawn(element, style, place, root);
    if (drawn === "") return "";
    return style.opacity === "1" ? drawn : tag("g", { opacity: style.opacity }, drawn);
  }

  #drawn(element: Element, style: CSSStyleDeclaration, place: Place, root: Element): string {
    if (element instanceof SVGSVGElement) return drawingOf(element, this.#left, this.#top);
    if (element instanceof HTMLCanvasElement) return canvasOf(element, place);
    const seen = style.visibility === "visible";
    const full = element instanceof HTMLElement ? element.offsetWidth : 0;
    const scale = full > 0 ? place.width / full : 1;
    let inner = "";
    for (const child of element.childNodes) {
      if (child instanceof Element) inner += this.element(child, root);
      else if (child instanceof Text && seen) {
        const text = textOf(child, style, this.#left, this.#top, cutAt(element, style));
        if (text !== "") this.families.add(style.fontFamily);
        inner += text;
      }
    }
    const cut = element !== root && /hidden|clip|auto|scroll/.test(style.overflow) && inner !== "";
    return (seen ? boxOf(style, place, scale) : "") + (cut ? this.#clipped(place, inner) : inner);
  }

  #clipped(place: Place, inner: string): string {
    const id = `clip-${++this.#clipCount}`;
    this.clips += tag("clipPath", { id }, tag("rect", { ...place }));
    return tag("g", { "clip-path": `url(#${id})` }, inner);
  }
}

/** Where an element ends its text with “…”, on the screen; null where it does not. */
function cutAt(element: Element, style: CSSStyleDeclaration): number | null {
  if (style.textOverflow !== "ellipsis" || element.scrollWidth <= element.clientWidth) return null;
  const { left, width } = element.getBoundingClientRect();
  const scale = element instanceof HTMLElement && element.offsetWidth > 0 ? width / element.offsetWidth : 1;
  return left + (element.clientLeft + element.clientWidth - Number.parseFloat(style.paddingRight)) * scale;
}

function canvasOf(canvas: HTMLCanvasElement, place: Place): string {
  if (canvas.width === 0 || canvas.height === 0) return "";
  return tag("image", { ...place, href: canvas.toDataURL("image/png") });
}

/** A picture as one that a canvas can draw. */
export async function imageOf({ svg }: Picture): Promise<HTMLImageElement> {
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    // `decode` would wait for as long as the page is behind another.
    await new Promise((resolve, reject) => {
      image.addEventListener("load", resolve);
      image.addEventListener("error", () => reject(new Error("The browser could not read the picture.")));
      image.src = url;
    });
    return image;
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** A picture as PNG, with so many pixels for each px. */
export async function pngOf(picture: Picture, ratio: number): Promise<Blob> {
  const image = await imageOf(picture);
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * ratio);
  canvas.height = Math.round(picture.height * ratio);
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return await new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error("The browser could not make a PNG of that size."));
    }, "image/png");
  });
}
