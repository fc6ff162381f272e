import { describe, expect, test } from "vitest";
import { formatClockStep, formatMeasured } from "./measured.ts";

describe("formatMeasured", () => {
  test("shows no digit that the clock cannot tell", () => {
    expect(formatMeasured(0.4236, 0.005)).toBe("0.42 ms");
    expect(formatMeasured(0.4236, 0.1)).toBe("0.4 ms");
    expect(formatMeasured(12.345, 0.005)).toBe("12.3 ms");
  });

  test("keeps as many digits for a round number", () => {
    expect(formatMeasured(1, 0.005)).toBe("1.00 ms");
    expect(formatMeasured(2, 0.1)).toBe("2.0 ms");
  });

  test("says when something was too short for the clock", () => {
    expect(formatMeasured(0, 0.1)).toBe("< 0.1 ms");
    expect(formatMeasured(0.001, 0.005)).toBe("< 0.01 ms");
  });

  test("goes over to seconds", () => {
    expect(formatMeasured(340.2, 0.005)).toBe("340 ms");
    expect(formatMeasured(2500, 0.1)).toBe("2.5 s");
  });

  test("says nothing where nothing was measured", () => {
    expect(formatMeasured(Number.NaN, 0.1)).toBe("–");
  });
});

test("formatClockStep", () => {
  expect(formatClockStep(0.005)).toBe("5 µs");
  expect(formatClockStep(0.1)).toBe("0.1 ms");
});
