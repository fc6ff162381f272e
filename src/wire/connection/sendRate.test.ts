import { describe, expect, it } from "vitest";
import { SendRate } from "./sendRate.ts";

/** Frames of so many messages of 100 bytes, every so many ms, for so long. Gives when the last left. */
function flow(sendRate: SendRate, messages: number, everyMs: number, forMs: number, from = 1000): number {
  let at = from;
  for (; at < from + forMs; at += everyMs) sendRate.left(messages, messages * 100, at);
  return at - everyMs;
}

describe("what left of late", () => {
  it("is dense where several messages leave in a ms, in few frames or many", () => {
    for (const [messages, everyMs] of [
      [1, 0.1],
      [10, 1],
      [64, 4],
    ] as const) {
      const sendRate = new SendRate();
      expect(sendRate.isDense(1000)).toBe(false);
      expect(sendRate.isDense(flow(sendRate, messages, everyMs, 200))).toBe(true);
    }
  });

  it("is not dense one at a time, nor at a thousand a second, nor after one burst", () => {
    const [lone, steady, burst] = [new SendRate(), new SendRate(), new SendRate()];
    expect(lone.isDense(flow(lone, 1, 0.4, 200))).toBe(false);
    expect(steady.isDense(flow(steady, 1, 1, 200))).toBe(false);
    burst.left(1, 100, 0);
    burst.left(40, 4000, 10);
    expect(burst.isDense(10)).toBe(false);
  });

  it("is forgotten within 20 ms", () => {
    const sendRate = new SendRate();
    const last = flow(sendRate, 10, 1, 200);
    expect(sendRate.isDense(last + 19)).toBe(true);
    expect(sendRate.isDense(last + 20)).toBe(false);
    sendRate.left(1, 100, last + 100);
    expect(sendRate.isDense(last + 100)).toBe(false);
  });

  it("knows about how large a message is", () => {
    const sendRate = new SendRate();
    expect(sendRate.messagesIn(1000)).toBe(0);
    flow(sendRate, 10, 1, 200);
    expect(sendRate.messagesIn(1000)).toBeCloseTo(10);
    sendRate.left(0, 1_000_000, 2000); // A part of a large message: nothing ended in it.
    expect(sendRate.messagesIn(1000)).toBeCloseTo(10);
  });
});
