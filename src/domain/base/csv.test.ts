import { expect, it } from "vitest";
import { csvText, writeCsv } from "./csv.ts";

it("writes a header and a line a row, each ended by CR LF, and quotes what would end a cell", () => {
  const rows = [
    [1, "plain"],
    [2, 'a "word", and\r\nanother line'],
  ];
  expect(writeCsv(["n", "text"], rows)).toBe('n,text\r\n1,plain\r\n2,"a ""word"", and\r\nanother line"\r\n');
});

it("puts an apostrophe before what a spreadsheet would run, and before another apostrophe", () => {
  expect(["=1+1", "-2", "@x", "'x", "x"].map(csvText)).toEqual(["'=1+1", "'-2", "'@x", "''x", "x"]);
});
