import fc from "fast-check";
import { expect, test } from "vitest";
import { readFromRuntime } from "./messages.ts";

const TYPES = ["pong", "loaded", "notLoaded", "returned", "threw", "uncaught", "ask", "log"];

test("whatever comes up from the sandbox is read as what it should be, or not at all", () => {
  const hostile = fc.dictionary(
    fc.constantFrom(
      "type",
      "id",
      "ask",
      "load",
      "line",
      "column",
      "payload",
      "subject",
      "message",
      "timeoutMs",
      "headers",
    ),
    fc.oneof(fc.anything(), fc.constantFrom(...TYPES)),
  );
  fc.assert(
    fc.property(fc.oneof(fc.anything(), hostile), (value) => {
      const item = readFromRuntime(value);
      if (item === null) return;
      expect(TYPES).toContain(item.type);
      for (const [key, each] of Object.entries(item)) {
        if (["id", "ask", "load"].includes(key)) expect(Number.isSafeInteger(each)).toBe(true);
        if (key === "headers")
          expect(Object.values(each).every((text) => typeof text === "string")).toBe(true);
        if (key === "payload") expect(typeof each === "string" || each instanceof Uint8Array).toBe(true);
        if (["subject", "message", "name"].includes(key)) expect(typeof each).toBe("string");
      }
    }),
  );
});

test("what is meant comes through as it is", () => {
  const ask = {
    type: "ask",
    id: 3,
    ask: 4,
    subject: "a.b",
    payload: "{}",
    timeoutMs: 250,
    headers: { "X-Id": "7" },
  };
  expect(readFromRuntime(ask)).toEqual(ask);
  expect(readFromRuntime({ ...ask, headers: { "X-Id": 7, Other: "o" } })).toMatchObject({
    headers: { Other: "o" },
  });
  expect(readFromRuntime({ ...ask, headers: undefined })).toEqual({ ...ask, headers: {} });
  const bytes = Uint8Array.of(0xff, 0, 0x80);
  expect(readFromRuntime({ type: "returned", id: 1, payload: bytes })).toEqual({
    type: "returned",
    id: 1,
    payload: bytes,
  });
  expect(readFromRuntime({ type: "returned", id: 1, payload: { 0: 1 } })).toMatchObject({ payload: "" });
  const threw = { type: "threw", id: 1, name: "TypeError", message: "no", line: 3, column: 9 };
  expect(readFromRuntime(threw)).toEqual(threw);
  expect(readFromRuntime({ type: "load", source: "x" })).toBeNull();
});
