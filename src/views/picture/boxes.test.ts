import { expect, test } from "vitest";
import { offsetOf } from "./boxes.ts";

test.each([
  ["42px", 49, 1, 42],
  ["42px", 98, 2, 84],
  ["100%", 49, 1, 49],
  ["50%", 49, 2, 24.5],
  ["0%", 49, 1, 0],
  ["", 49, 1, 0],
])(
  "a background at %j, with %d px of room and %d times as large, begins at %d",
  (position, room, scale, at) => {
    expect(offsetOf(position, room, scale)).toBe(at);
  },
);
