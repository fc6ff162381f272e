import fc from "fast-check";
import { expect, test } from "vitest";
import type { Box } from "../layout/places.ts";
import { LabelLayout, type Label } from "./labels.ts";

const label = (key: string, x: number, y: number, width = 40): Label => ({
  key,
  at: { x, y },
  words: key,
  width,
  colour: "--error",
});

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

const coordinate = fc.integer({ min: 0, max: 150 });

test("words cover no mark and no other words, however near each other their marks are", () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ x: coordinate, y: coordinate, width: fc.integer({ min: 10, max: 60 }) }), {
        maxLength: 8,
      }),
      fc.array(fc.record({ x: coordinate, y: coordinate }), { maxLength: 10 }),
      fc.constantFrom(1, 1.4),
      (named, others, scale) => {
        const labels = named.map(({ x, y, width }, index) => label(String(index), x, y, width));
        const marks = [...named, ...others];
        const placed = new LabelLayout().place(labels, marks, scale);
        for (const [index, { box }] of placed.entries()) {
          for (const other of placed.slice(index + 1)) expect(overlap(box, other.box)).toBe(false);
          for (const { x, y } of marks) {
            const mark = { x: x - 6 * scale, y: y - 6 * scale, width: 12 * scale, height: 12 * scale };
            expect(overlap(box, mark)).toBe(false);
          }
        }
      },
    ),
  );
});

test("words stand above their mark, and two beside each other both have room", () => {
  const labels = [label("503", 100, 100, 20), label("timed out", 116, 100)];
  const placed = new LabelLayout().place(
    labels,
    labels.map(({ at }) => at),
    1,
  );
  expect(placed.map(({ key }) => key)).toEqual(["503", "timed out"]);
  expect(placed[0]!.box.y + placed[0]!.box.height).toBeLessThan(100);
});

test("words of what stands in a node are below it", () => {
  const marks = [{ x: 100, y: 100 }];
  const [placed] = new LabelLayout().place([{ ...label("503", 100, 100), below: true }], marks, 1);
  expect(placed?.box.y).toBeGreaterThan(100);
});

test("words stay where they are for as long as there is room, and do not jump back and forth", () => {
  const layout = new LabelLayout();
  const place = (labels: Label[]) =>
    new Map(
      layout
        .place(
          labels,
          labels.map(({ at }) => at),
          1,
        )
        .map(({ key, box }) => [key, box] as const),
    );
  const near = place([label("a", 100, 100), label("b", 116, 100)]);
  const below = near.get("b")!;
  expect(below.y).toBeGreaterThan(100);
  expect(place([label("b", 116, 100)]).get("b")).toEqual(below);
});
