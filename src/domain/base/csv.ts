/** Rows of CSV as RFC 4180 has them: the names of the columns first, each line ended by CR LF. */
export function writeCsv(columns: readonly string[], rows: Iterable<readonly (string | number)[]>): string {
  let text = writeRow(columns);
  for (const row of rows) text += writeRow(row);
  return text;
}

const writeRow = (cells: readonly (string | number)[]): string => `${cells.map(writeCell).join(",")}\r\n`;

const writeCell = (cell: string | number): string => {
  const text = String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** An apostrophe goes before another apostrophe too, so that taking one away always gives the text back. */
const NEEDS_APOSTROPHE = /^['=+\-@\t\r\n＝＋－＠]/;

/** A text that comes from people or from the wire: spreadsheets run what looks like a formula, so that an apostrophe goes before it. */
export const csvText = (text: string): string => (NEEDS_APOSTROPHE.test(text) ? `'${text}` : text);
