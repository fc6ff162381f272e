/** Lines of a program. An empty list is a part that is left out; null is a line that is. */
export type Part = readonly (string | null)[];

const lines = (part: Part): string[] => part.filter((line) => line !== null);

/** The text of a program: parts with an empty line between them, and a line break at the end. */
export function programText(...parts: readonly Part[]): string {
  const texts = parts.map((part) => lines(part).join("\n")).filter((text) => text !== "");
  return `${texts.join("\n\n")}\n`;
}
