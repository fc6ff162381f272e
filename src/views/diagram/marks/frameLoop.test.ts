import { expect, test } from "vitest";
import { createFrameLoop, type FrameClock } from "./frameLoop.ts";

/** Frames and timers that come when the test says so. */
function handCranked() {
  let frames: { handle: number; callback: () => void }[] = [];
  let timers: { ms: number; callback: () => void }[] = [];
  let handles = 0;
  const clock: FrameClock = {
    requestFrame(callback) {
      frames.push({ handle: ++handles, callback });
      return handles;
    },
    cancelFrame(handle) {
      frames = frames.filter((frame) => frame.handle !== handle);
    },
    after(ms, callback) {
      const timer = { ms, callback };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
  };
  return {
    clock,
    frame() {
      const due = frames;
      frames = [];
      for (const { callback } of due) callback();
    },
    ring() {
      const due = timers;
      timers = [];
      for (const { callback } of due) callback();
    },
    waiting: () => ({ frames: frames.length, timers: timers.map(({ ms }) => ms) }),
  };
}

/** A loop that wants to draw again after so many ms, and how often it drew. */
function drawnEach(ms: number) {
  const crank = handCranked();
  let drawn = 0;
  const loop = createFrameLoop(crank.clock, () => {
    drawn++;
    return ms;
  });
  return { crank, loop, drawn: () => drawn };
}

test("it draws every frame while something moves, and nothing is scheduled once nothing does", () => {
  const crank = handCranked();
  const waits = [0, 0, Infinity];
  let drawn = 0;
  const loop = createFrameLoop(crank.clock, () => waits[drawn++] ?? Infinity);
  expect(crank.waiting()).toEqual({ frames: 0, timers: [] });
  loop.wake();
  for (let i = 0; i < 5; i++) crank.frame();
  expect(drawn).toBe(3);
  expect(crank.waiting()).toEqual({ frames: 0, timers: [] });
  loop.wake();
  crank.frame();
  expect(drawn).toBe(4);
});

test("waking it often in one frame draws once", () => {
  const { crank, loop, drawn } = drawnEach(Infinity);
  for (let i = 0; i < 10; i++) loop.wake();
  crank.frame();
  expect(drawn()).toBe(1);
});

test("it pauses for as long as drawing says, and wakes early for news", () => {
  const { crank, loop, drawn } = drawnEach(100);
  loop.wake();
  crank.frame();
  expect(crank.waiting()).toEqual({ frames: 0, timers: [100] });
  loop.wake();
  expect(crank.waiting()).toEqual({ frames: 1, timers: [] });
  crank.frame();
  crank.ring();
  crank.frame();
  expect(drawn()).toBe(3);
});

test("something that changes while it is drawn is drawn in the next frame", () => {
  const crank = handCranked();
  let drawn = 0;
  const loop = createFrameLoop(crank.clock, () => {
    if (++drawn === 1) loop.wake();
    return Infinity;
  });
  loop.wake();
  crank.frame();
  crank.frame();
  expect(drawn).toBe(2);
});

test("what is drawn at once is not drawn again in the frame that was coming, nor after a pause that it cut short", () => {
  const { crank, loop, drawn } = drawnEach(100);
  loop.wake();
  loop.now();
  expect(crank.waiting()).toEqual({ frames: 0, timers: [100] });
  loop.now();
  expect(drawn()).toBe(2);
  expect(crank.waiting()).toEqual({ frames: 0, timers: [100] });
  loop.stop();
  loop.now();
  expect(drawn()).toBe(2);
});

test("after stop nothing is drawn, whatever was under way", () => {
  const { crank, loop, drawn } = drawnEach(50);
  loop.wake();
  crank.frame();
  loop.stop();
  loop.wake();
  crank.ring();
  crank.frame();
  expect(drawn()).toBe(1);
  expect(crank.waiting()).toEqual({ frames: 0, timers: [] });
});
