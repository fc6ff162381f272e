import fc from "fast-check";
import { expect, test } from "vitest";
import { readInstruction, writeInstruction, type Instruction } from "./teaching.ts";

test("an instruction is read as it was written", () => {
  const instructions: readonly Instruction[] = [
    { do: "open", scenario: { roundtrip: 4, setup: {} } },
    { do: "lesson", id: "first-round-trip" },
    { do: "freeze" },
    { do: "thaw" },
  ];
  for (const instruction of instructions)
    expect(readInstruction(writeInstruction(instruction) ?? "")).toEqual(instruction);
});

test("one that is too long is not written, and anything else is no instruction", () => {
  expect(writeInstruction({ do: "open", scenario: "x".repeat(1_000_000) })).toBeNull();
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string({ unit: "binary" })), (text) => {
      expect(readInstruction(text)).toBeNull();
    }),
  );
  for (const said of [
    { do: "freeze" },
    { v: 2, do: "freeze" },
    { v: 1, do: "eval" },
    { v: 1, do: "lesson", id: 7 },
  ])
    expect(readInstruction(JSON.stringify(said))).toBeNull();
});
