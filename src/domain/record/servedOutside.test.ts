import { describe, expect, it } from "vitest";
import { countServed, slotFor } from "./perSecondCounters.ts";
import { ATTRIBUTION_WINDOW_MS, externalRequests } from "./outside.ts";
import { createRecord } from "./createRecord.ts";

const NOW = 1_700_000_000_300;

function served(...answered: readonly (readonly [ago: number, answers: number])[]) {
  const record = createRecord();
  for (const [ago, answers] of answered) {
    slotFor(record.perSecond, NOW - ago, 1);
    for (let n = 0; n < answers; n++) {
      countServed(record.perSecond, NOW - ago, 1);
      record.served++;
      record.servedAt = Math.max(record.servedAt, NOW - ago);
    }
  }
  return record;
}

describe("what was answered for programs outside", () => {
  it("leaves out what was answered just now: its request may still be told", () => {
    const record = served([5000, 3], [1400, 4], [350, 5], [100, 6], [-200, 7]);
    expect(externalRequests(record, NOW)).toBe(7);
    expect(externalRequests(record, NOW + 10_000)).toBe(25);
  });

  it("is sure of all of it as soon as the newest is older than a claim may be late", () => {
    const record = served([100, 2]);
    expect(externalRequests(record, NOW)).toBe(0);
    expect(externalRequests(record, NOW + ATTRIBUTION_WINDOW_MS)).toBe(2);
  });
});
