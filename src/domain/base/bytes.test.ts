import fc from "fast-check";
import { expect, it } from "vitest";
import { copyBytes } from "./bytes.ts";

it("copies what lies between two places, and nothing else", () => {
  const given = fc.record({
    from: fc.uint8Array({ maxLength: 200 }),
    places: fc.tuple(fc.nat(200), fc.nat(200)),
    at: fc.nat(50),
  });
  fc.assert(
    fc.property(given, ({ from, places, at }) => {
      const [start = 0, end = 0] = places.map((place) => Math.min(place, from.length)).sort((a, b) => a - b);
      const to = new Uint8Array(300).fill(7);
      copyBytes(from, start, end, to, at);
      const wanted = new Uint8Array(300).fill(7);
      wanted.set(from.slice(start, end), at);
      expect(to).toEqual(wanted);
    }),
  );
});
