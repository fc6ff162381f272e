/** The typefaces that a picture needs, as a stylesheet that brings them along. */
export async function fontsFor(text: string, families: readonly string[]): Promise<string> {
  const rules = [...document.styleSheets].flatMap((sheet) => fontRules(sheet));
  const wanted = rules.filter(
    ({ family, covers }) =>
      families.some((each) => each.includes(family)) && [...text].some((character) => covers(character)),
  );
  const written = await Promise.all(wanted.map(embedded));
  return written.join("");
}

interface FontRule {
  readonly family: string;
  readonly weight: string;
  readonly style: string;
  readonly range: string;
  readonly url: string;
  covers(character: string): boolean;
}

function fontRules(sheet: CSSStyleSheet): readonly FontRule[] {
  const found: FontRule[] = [];
  for (const rule of sheet.cssRules) {
    if (!(rule instanceof CSSFontFaceRule)) continue;
    const of = (property: string): string => rule.style.getPropertyValue(property).trim();
    const source = /url\("?([^")]+)"?\)/.exec(of("src"))?.[1];
    if (source === undefined) continue;
    const range = of("unicode-range");
    const spans = [...range.matchAll(/U\+([0-9a-f]+)(?:-([0-9a-f]+))?/gi)].map(([, from = "0", to]) => [
      Number.parseInt(from, 16),
      Number.parseInt(to ?? from, 16),
    ]);
    found.push({
      family: of("font-family").replace(/["']/g, ""),
      weight: of("font-weight"),
      style: of("font-style"),
      range,
      url: new URL(source, sheet.href ?? location.href).href,
      covers: (character) => {
        const code = character.codePointAt(0) ?? 0;
        return spans.length === 0 || spans.some(([from = 0, to = 0]) => code >= from && code <= to);
      },
    });
  }
  return found;
}

/** A typeface is fetched once, however many pictures are made. */
const known = new Map<string, Promise<string>>();

function embedded(rule: FontRule): Promise<string> {
  const key = `${rule.url} ${rule.weight} ${rule.style}`;
  let written = known.get(key);
  if (written === undefined) known.set(key, (written = embed(rule)));
  return written;
}

async function embed({ family, weight, style, range, url }: FontRule): Promise<string> {
  try {
    const response = await fetch(url);
    if (!response.ok) return "";
    const data = await dataUrl(await response.blob());
    const unicodeRange = range === "" ? "" : `unicode-range:${range};`;
    return `@font-face{font-family:"${family}";font-style:${style || "normal"};font-weight:${weight || "normal"};${unicodeRange}src:url(${data}) format("woff2");}`;
  } catch {
    return ""; // The picture names the typeface, and falls back where it is not there.
  }
}

function dataUrl(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(String(reader.result)));
    reader.addEventListener("error", () => reject(new Error("It could not be read.")));
    reader.readAsDataURL(blob);
  });
}
