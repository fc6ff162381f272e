import { describe, expect, it } from "vitest";
import { Outflow } from "./outflow.ts";

/** Frames of so many messages of 100 bytes, every so many ms, for so long. Gives when the last left. */
function flow(outflow: Outflow, messages: number, everyMs: number, forMs: number, from = 1000): number {
  let at = from;
  for (; at < from + forMs; at += everyMs) outflow.left(messages, messages * 100, at);
  return at - everyMs;
}

describe("what left of late", () => {
  it("is dense where several messages leave in a ms, in few frames or many", () => {
    for (const [messages, everyMs] of [
      [1, 0.1],
      [10, 1],
      [64, 4],
    ] as const) {
      const outflow = new Outflow();
      expect(outflow.isDense(1000)).toBe(false);
      expect(outflow.isDense(flow(outflow, messages, everyMs, 200))).toBe(true);
    }
  });

  it("is not dense one at a time, nor at a thousand a second, nor after one burst", () => {
    const [lone, steady, burst] = [new Outflow(), new Outflow(), new Outflow()];
    expect(lone.isDense(flow(lone, 1, 0.4, 200))).toBe(false);
    expect(steady.isDense(flow(steady, 1, 1, 200))).toBe(false);
    burst.left(1, 100, 0);
    burst.left(40, 4000, 10);
    expect(burst.isDense(10)).toBe(false);
  });

  it("is forgotten within 20 ms", () => {
    const outflow = new Outflow();
    const last = flow(outflow, 10, 1, 200);
    expect(outflow.isDense(last + 19)).toBe(true);
    expect(outflow.isDense(last + 20)).toBe(false);
    outflow.left(1, 100, last + 100);
    expect(outflow.isDense(last + 100)).toBe(false);
  });

  it("knows about how large a message is", () => {
    const outflow = new Outflow();
    expect(outflow.messagesIn(1000)).toBe(0);
    flow(outflow, 10, 1, 200);
    expect(outflow.messagesIn(1000)).toBeCloseTo(10);
    outflow.left(0, 1_000_000, 2000); // A part of a large message: nothing ended in it.
    expect(outflow.messagesIn(1000)).toBeCloseTo(10);
  });
});
