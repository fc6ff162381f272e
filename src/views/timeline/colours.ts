const NAMES = [
  "--surface",
  "--surface-sunken",
  "--ink",
  "--ink-soft",
  "--ink-faint",
  "--rule",
  "--rule-strong",
  "--focus",
  "--request",
  "--request-soft",
  "--reply",
  "--error",
  "--error-soft",
  "--no-responders",
  "--ghost",
  "--mono",
] as const;

/** The colours of a canvas, and its typeface: the values of the CSS variables at present. */
export type Colours = Readonly<Record<(typeof NAMES)[number], string>>;

export function readColours(element: Element): Colours {
  const style = getComputedStyle(element);
  const values = NAMES.map((name) => [name, style.getPropertyValue(name).trim()] as const);
  return Object.fromEntries(values) as Colours; // fromEntries forgets the names
}
