import { MESSAGE_SHAPES, SHAPES } from "./shapes.ts";

/** The colours of the canvas: the values of the CSS variables at present. */
export type Palette = ReadonlyMap<string, string>;

const OTHERS = [
  "--surface",
  "--surface-raised",
  "--ink",
  "--ink-soft",
  "--ink-faint",
  "--rule",
  "--rule-strong",
  "--focus",
];

export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const names = new Set([...OTHERS, ...MESSAGE_SHAPES.map((shape) => SHAPES[shape].colour)]);
  return new Map([...names].map((name) => [name, style.getPropertyValue(name).trim()]));
}

/** Tells when colours change: the theme, or presentation. Answers how to stop it. */
export function watchTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, {
    attributes: true,
    attributeFilter: ["data-theme", "data-presentation"],
  });
  return () => observer.disconnect();
}
