import fc from "fast-check";
import { expect, test } from "vitest";
import { mergedRuns } from "./mergeRuns.ts";

test("the same order as a stable sort gives", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(30), { maxLength: 200 }), (values) => {
      const order = mergedRuns(values.length, (a, b) => (values[b] ?? 0) < (values[a] ?? 0));
      const sorted = values
        .map((_, index) => index)
        .sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0) || a - b);
      expect([...order]).toEqual(sorted);
    }),
  );
});
