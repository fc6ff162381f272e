import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeReason, encodeReason, type Reason } from "./reasons.ts";

const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0); // JSON has no −0
const text = fc.string({ unit: "binary" });

const reason: fc.Arbitrary<Reason> = fc.oneof(
  fc.record({ kind: fc.constant("timedOut"), afterMs: number }),
  fc.record({ kind: fc.constant("noResponders"), subject: text }),
  fc.record({
    kind: fc.constant("gathered"),
    replies: number,
    wanted: fc.option(number),
    ended: fc.constantFrom("count", "time", "gap", "sentinel"),
    ms: number,
  }),
  fc.record({
    kind: fc.constant("notPermitted"),
    operation: fc.constantFrom("publish", "subscribe", "reply"),
    subject: text,
    queue: fc.option(text),
  }),
  fc.record({ kind: fc.constant("badHeader"), name: text, value: text }),
  fc.constant({ kind: "breakerOpen" }),
);

describe("a reason", () => {
  it("is read back as it was stored", () => {
    fc.assert(
      fc.property(reason, (one) => {
        expect(decodeReason(encodeReason(one))).toEqual(one);
      }),
    );
  });

  it("is short, and needs no text beside its kind where it holds nothing", () => {
    expect(encodeReason({ kind: "thawed" })).toBe("thawed");
    expect(encodeReason({ kind: "timedOut", afterMs: 1000 })).toBe("timedOut [1000]");
    expect(encodeReason({ kind: "tooLarge", size: 2000, most: 1024 })).toBe("tooLarge [2000,1024]");
  });

  it("is none where a text does not hold what its kind does, or comes from elsewhere", () => {
    const none = [
      "",
      "thawed [1]",
      "timedOut",
      "timedOut []",
      'timedOut ["soon"]',
      "timedOut [1000,2]",
      "timedOut [1000",
      "timedOut {}",
      'cancelled ["somebody"]',
      "constructor",
      "__proto__ []",
      "toString []",
      "Nothing is subscribed to user.get.",
    ];
    for (const each of none) expect(decodeReason(each), each).toBeNull();
    fc.assert(
      fc.property(text, (noise) => {
        expect(decodeReason(`gathered ${noise}`)).toBeNull();
      }),
    );
  });
});
