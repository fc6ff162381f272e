import fc from "fast-check";
import { expect, test } from "vitest";
import { advanced, LIVE, SPEEDS, speedFor, speedWords, type Playback } from "./playback.ts";

const playing = (patch: Partial<Playback>): Playback => ({ ...LIVE, mode: "playing", at: 1000, ...patch });

test("time passes at the share of real time that was chosen", () => {
  expect(advanced(playing({ speed: 1 }), 40).at).toBe(1040);
  expect(advanced(playing({ speed: 200 }), 40).at).toBeCloseTo(1000.2);
});

test("it stands still while paused, and is the present while live", () => {
  expect(advanced(playing({ mode: "paused" }), 40).at).toBe(1000);
  expect(advanced(LIVE, 40)).toBe(LIVE);
});

test("playing a span ends paused at its end", () => {
  const before = playing({ until: 1010 });
  expect(advanced(before, 5)).toMatchObject({ mode: "playing", at: 1005 });
  expect(advanced(before, 50)).toMatchObject({ mode: "paused", at: 1010, until: null });
});

test("however time is cut into frames, it is as late in the end", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(250), { maxLength: 40 }), fc.constantFrom(...SPEEDS), (frames, speed) => {
      const inSteps = frames.reduce((state, ms) => advanced(state, ms), playing({ speed }));
      const atOnce = advanced(
        playing({ speed }),
        frames.reduce((sum, ms) => sum + ms, 0),
      );
      expect(inSteps.at).toBeCloseTo(atOnce.at ?? 0, 6);
    }),
  );
});

test("an exchange is played at a speed that makes it last some seconds, as far as there is one", () => {
  for (const ms of [0.8, 2, 7.3, 40, 900, 3000]) {
    const lastsMs = ms * speedFor(ms);
    expect(lastsMs, `${ms} ms`).toBeGreaterThan(2000);
    expect(lastsMs, `${ms} ms`).toBeLessThanOrEqual(6000);
  }
  expect(speedFor(0)).toBe(5000);
  expect(speedFor(60_000)).toBe(1);
});

test("a speed in words says how many times slower than real time it is", () => {
  expect([1, 2, 200].map(speedWords)).toEqual(["1×", "1/2×", "1/200×"]);
});
