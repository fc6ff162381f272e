import { expect, test } from "vitest";
import { hotFunctions, type CpuProfile } from "./hotFunctions.ts";

const frame = (functionName: string) => ({ functionName, url: "http://here/assets/a.js?x", lineNumber: 4 });

const profile: CpuProfile = {
  nodes: [
    { id: 1, callFrame: { functionName: "(root)", url: "", lineNumber: -1 }, children: [2, 5] },
    { id: 2, callFrame: frame("outer"), children: [3] },
    { id: 3, callFrame: frame("inner"), children: [4] },
    { id: 4, callFrame: frame("outer") },
    { id: 5, callFrame: { functionName: "(idle)", url: "", lineNumber: -1 } },
  ],
  samples: [2, 3, 4, 5],
  timeDeltas: [10, 50, 20, 20],
};

test("self and total times, where a function that calls itself counts once", () => {
  expect(hotFunctions(profile, 5)).toEqual([
    { name: "inner a.js:5", self: 50, total: 70 },
    { name: "outer a.js:5", self: 30, total: 80 },
  ]);
});

test("no more than asked for", () => {
  expect(hotFunctions(profile, 1)).toHaveLength(1);
});
