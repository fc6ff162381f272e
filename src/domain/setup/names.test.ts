import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkName, nextName } from "./names.ts";

describe("nextName", () => {
  it("counts up from 1 and fills gaps", () => {
    expect(nextName("responder", [])).toBe("responder-1");
    expect(nextName("responder", ["responder-1", "responder-3"])).toBe("responder-2");
    expect(nextName("responder-1", ["responder-1"])).toBe("responder-2");
    expect(nextName("auth", ["auth"])).toBe("auth-1");
    expect(nextName("-1", [])).toBe("-1-1");
  });

  it("never gives a name that is taken, and gives one that can be used", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 12 })), (numbers) => {
        const taken = numbers.map((number) => `client-${number}`);
        const name = nextName("client", taken);
        expect(checkName(name, taken)).toBeNull();
      }),
    );
  });
});

describe("checkName", () => {
  it.each(["responder-1", "Ämter & Käse", "<b>", "用户"])("accepts %s", (name) => {
    expect(checkName(name)).toBeNull();
  });

  it.each([
    ["", /empty/],
    ["   ", /empty/],
    [" a", /begins or ends with a space/],
    ["a\nb", /line break/],
    ["a\u0007b", /invisible/],
    ["\ud800", /half a character/],
    ["a".repeat(61), /61 characters/],
  ])("refuses %j in words", (name, words) => {
    expect(checkName(name)).toMatch(words);
  });

  it("refuses a name that another has", () => {
    expect(checkName("client-1", ["client-1"])).toMatch(/"client-1" already/);
  });
});
