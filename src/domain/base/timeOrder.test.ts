import fc from "fast-check";
import { expect, test } from "vitest";
import { TimeOrder } from "./timeOrder.ts";

test("is always in the order of times, whatever came when, and whatever was forgotten", () => {
  const step = fc.oneof(
    { arbitrary: fc.record({ time: fc.integer({ min: 0, max: 60 }) }), weight: 20 },
    fc.record({ forget: fc.integer({ min: 0, max: 40 }) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 400 }), fc.boolean(), (steps, backwards) => {
      const order = new TimeOrder();
      let model: { number: number; time: number }[] = [];
      let next = 1000;
      for (const each of steps) {
        if ("time" in each) {
          const number = backwards ? next-- : next++;
          order.add(number, each.time);
          model.push({ number, time: each.time });
          model.sort((a, b) => b.time - a.time || b.number - a.number);
        } else {
          const first = Math.min(...model.map(({ number }) => number)) + each.forget;
          const kept = model.filter(({ number }) => number >= first);
          order.forget(first, model.length - kept.length);
          model = kept;
        }
      }
      const places = [-1, ...model.keys(), model.length];
      expect(places.map((place) => order.at(place))).toEqual([
        undefined,
        ...model.map(({ number }) => number),
        undefined,
      ]);
      expect(model.map(({ number, time }) => order.newerThan(number, time))).toEqual([...model.keys()]);
    }),
  );
});
