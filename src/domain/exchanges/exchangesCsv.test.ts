import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { expect, it } from "vitest";
import { exchangesCsv, type CsvRow } from "./exchangesCsv.ts";
import { OUTCOMES } from "../events/outcomes.ts";

/** Reads CSV as RFC 4180 defines it. */
function readCsv(csv: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let offset = 0;
  while (offset < csv.length) {
    let text = "";
    if (csv[offset] === '"') {
      for (offset++; csv[offset] !== '"' || csv[offset + 1] === '"'; offset++) {
        if (csv[offset] === '"') offset++;
        text += csv[offset];
        if (offset >= csv.length) throw new Error("a quoted field is not closed");
      }
      offset++;
    } else {
      for (; offset < csv.length && csv[offset] !== "," && !csv.startsWith("\r\n", offset); offset++) {
        if (/["\r\n]/.test(csv[offset] ?? "")) throw new Error(`${csv[offset]} outside quotes`);
        text += csv[offset];
      }
    }
    row.push(text);
    if (csv[offset] === ",") {
      offset++;
      continue;
    }
    if (!csv.startsWith("\r\n", offset)) throw new Error("a row does not end in CR LF");
    offset += 2;
    rows.push(row);
    row = [];
  }
  return rows;
}

const plain: CsvRow = {
  seq: 1,
  subject: "user.get",
  requester: 1,
  call: 7,
  attempt: 1,
  firstAt: Date.UTC(2026, 0, 2, 3, 4, 5, 678) + 0.25,
  settledAt: Date.UTC(2026, 0, 2, 3, 4, 5, 690),
  outcome: "replied",
  latencyMs: 1.23456,
  deliveries: 1,
  arrivals: 1,
  late: 0,
  duplicate: 0,
  from: 2,
  outsideAt: null,
};
const names = new Map([
  [1, "client-1"],
  [2, "responder-1"],
]);
const NOW = Date.UTC(2026, 0, 2, 3, 5);
const nameOf = (peer: number): string => names.get(peer) ?? "outside";

it("writes a line for each exchange under one of names", () => {
  const open = {
    ...plain,
    seq: 2,
    requester: null,
    call: null,
    attempt: null,
    settledAt: null,
    outcome: null,
    latencyMs: null,
    from: null,
  };
  expect(exchangesCsv([plain, open, { ...plain, seq: 3, attempt: 2, from: 0 }], nameOf, NOW)).toBe(
    [
      "seq,startedAt,settledAt,subject,requester,call,attempt,outcome,latencyMs,from,deliveries,arrivals,late,duplicate\r\n",
      "1,2026-01-02T03:04:05.678Z,2026-01-02T03:04:05.690Z,user.get,client-1,7,1,replied,1.235,responder-1,1,1,0,0\r\n",
      "2,2026-01-02T03:04:05.678Z,,user.get,outside,,,,,,1,1,0,0\r\n",
      "3,2026-01-02T03:04:05.678Z,2026-01-02T03:04:05.690Z,user.get,client-1,7,2,replied,1.235,outside,1,1,0,0\r\n",
    ].join(""),
  );
});

it("comes back as it was, whatever names and subjects hold, and holds nothing that a spreadsheet would run", () => {
  const text = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.string({ unit: fc.constantFrom('"', ",", "\r", "\n", "'", "=", "+", "-", "@", "\t", "a") }),
  );
  const outcome = fc.constantFrom(...OUTCOMES);
  fc.assert(
    fc.property(fc.array(fc.tuple(text, text, outcome), { maxLength: 5 }), (given) => {
      const rows = given.map(([subject, , outcome], index) => ({
        ...plain,
        seq: index + 1,
        subject,
        outcome,
        requester: index,
      }));
      const [, ...read] = readCsv(exchangesCsv(rows, (peer) => given[peer]?.[1] ?? "other", NOW));
      expect(read).toHaveLength(given.length);
      for (const [at, [subject, name, outcome]] of given.entries()) {
        const [seq, , , subjectRead = "", requesterRead = "", , , outcomeRead] = read[at] ?? [];
        expect([seq, outcomeRead]).toEqual([String(at + 1), outcome]);
        expect([subjectRead.replace(/^'/, ""), requesterRead.replace(/^'/, "")]).toEqual([subject, name]);
        for (const field of [subjectRead, requesterRead]) expect(field).not.toMatch(/^[=+\-@\t\r]/);
      }
    }),
    { numRuns: 1000 },
  );
});

it("has every column described in docs/results.md", async () => {
  const documentation = await readFile(`${import.meta.dirname}/../../../docs/results.md`, "utf8");
  const [columns = []] = readCsv(exchangesCsv([], nameOf, NOW));
  expect(columns.filter((column) => !documentation.includes(`| \`${column}\` `))).toEqual([]);
});

it("names who asked: a peer of the page, a program outside it, and nobody while that is not sure yet", () => {
  const requester = (of: Partial<CsvRow>, attributedUpTo: number): string | undefined =>
    readCsv(exchangesCsv([{ ...plain, ...of }], nameOf, attributedUpTo))[1]?.[4];
  expect(requester({}, NOW)).toBe("client-1");
  expect(requester({ requester: null, call: null }, NOW)).toBe("outside");
  expect(requester({ requester: null, call: null }, plain.firstAt - 1)).toBe("");
});

it("names who answered likewise", () => {
  const from = (of: Partial<CsvRow>, attributedUpTo: number): string | undefined =>
    readCsv(exchangesCsv([{ ...plain, ...of }], nameOf, attributedUpTo))[1]?.[9];
  expect(from({}, NOW)).toBe("responder-1");
  expect(from({ from: 0, outsideAt: plain.settledAt }, NOW)).toBe("outside");
  expect(from({ from: 0, outsideAt: plain.settledAt }, plain.firstAt)).toBe("");
});
