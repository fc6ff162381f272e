import { expect, test } from "vitest";
import { everyFor, isDrawn, MOST_DRAWN, Sampler } from "./sampling.ts";

test("what fits on the screen is all drawn, and more in round shares", () => {
  expect([0, 1, MOST_DRAWN].map(everyFor)).toEqual([1, 1, 1]);
  expect(everyFor(MOST_DRAWN + 1)).toBe(2);
  expect(everyFor(1000)).toBe(10);
  expect(everyFor(4800)).toBe(40);
  expect(everyFor(1e9)).toBe(100_000);
});

test("at 1,000 a second no more than can be seen is drawn, and the share settles", () => {
  const sampler = new Sampler();
  const staysMs = 1500;
  let seq = 0;
  const drawnAt: number[] = [];
  const shares = new Set<number>();
  for (let now = 0; now < 10_000; now += 16) {
    const every = sampler.take(16, staysMs, now);
    for (let i = 0; i < 16; i++) if (isDrawn(++seq, every)) drawnAt.push(now);
    if (now > 3000) shares.add(every);
    const onScreen = drawnAt.filter((at) => at > now - staysMs).length;
    // While the rate becomes known, a little more than the most is drawn for a moment.
    expect(onScreen).toBeLessThan(now < 3000 ? 3 * MOST_DRAWN : MOST_DRAWN + 5);
  }
  expect(shares.size).toBe(1);
});

test("a burst of 300 is thinned out at once, and a lone request afterwards is drawn again", () => {
  const sampler = new Sampler();
  expect(sampler.take(300, 1300, 0)).toBe(4);
  expect(sampler.take(0, 1300, 1200)).toBe(4);
  sampler.take(0, 1300, 2600);
  expect(sampler.take(1, 1300, 4000)).toBe(1);
});
