/** Where a line and a column, from 1, are in a text: from there to the end of the word, or of the line where there is none. */
export function placeOf(text: string, line: number, column: number | null): { from: number; to: number } {
  const lines = text.split("\n");
  const before = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  const start = Math.min(before, text.length);
  const here = lines[line - 1] ?? "";
  if (column === null)
    return { from: start + here.length - here.trimStart().length, to: start + here.length };
  const from = start + Math.min(column - 1, here.length);
  const word = /^[\w$]+/.exec(here.slice(column - 1))?.[0].length ?? 0;
  return { from, to: word > 0 ? from + word : start + here.length };
}
