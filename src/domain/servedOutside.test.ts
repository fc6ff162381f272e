import { describe, expect, it } from "vitest";
import { createRecord } from "./record.ts";
import { countServed, slotFor } from "./seconds.ts";
import { servedOutside } from "./servedOutside.ts";

const NOW = 1_700_000_000_500;

describe("what was answered for programs outside", () => {
  it("leaves out what was answered just now: its request may still be told", () => {
    const record = createRecord();
    for (const [ago, answers] of [
      [5000, 3],
      [1200, 4],
      [100, 5],
      [-200, 6],
    ] as const) {
      slotFor(record.seconds, NOW - ago, 1);
      for (let n = 0; n < answers; n++) {
        countServed(record.seconds, NOW - ago);
        record.served++;
      }
    }
    expect(servedOutside(record, NOW)).toBe(3);
    expect(servedOutside(record, NOW + 10_000)).toBe(18);
  });
});
