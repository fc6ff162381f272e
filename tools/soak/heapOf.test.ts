import { expect, test } from "vitest";
import { dataIn } from "./heapOf.ts";

test("the heap is that of data: neither compiled code nor what lies outside of it counts", () => {
  const types = ["hidden", "array", "string", "object", "code", "native"];
  const nodes = [
    types.indexOf("object"),
    7,
    100,
    types.indexOf("code"),
    8,
    5000,
    types.indexOf("native"),
    9,
    70,
  ].concat([types.indexOf("array"), 10, 20]);
  const meta = { node_fields: ["type", "id", "self_size"], node_types: [types] } as const;
  expect(dataIn({ snapshot: { meta }, nodes })).toBe(120);
});
