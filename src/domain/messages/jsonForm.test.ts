import fc from "fast-check";
import { expect, test } from "vitest";
import { withoutJsonForm } from "./jsonForm.ts";

test("whatever JSON can hold has a form, and so has what says one of its own or is left out", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(withoutJsonForm(value)).toBeNull();
    }),
  );
  for (const value of [undefined, { a: undefined }, new Date(0), { at: new Date(0) }, Object.create(null)])
    expect(withoutJsonForm(value)).toBeNull();
});

test.each<[unknown, string]>([
  [() => 1, " is a function"],
  [new Map(), " is a Map"],
  [{ users: [{}, { tags: new Set([1]) }] }, ".users[1].tags is a Set"],
  [{ "a b": Symbol("x") }, '["a b"] is a symbol'],
  [[1, 2n], "[1] is a BigInt"],
  [{ mean: 0 / 0 }, ".mean is NaN"],
  [[Infinity], "[0] is Infinity"],
  [{ problem: new TypeError("no") }, ".problem is an Error"],
  [{ later: Promise.resolve() }, ".later is a Promise"],
  [{ image: new Uint8Array(3) }, ".image is bytes"],
  [{ image: new ArrayBuffer(3) }, ".image is bytes"],
  [/x/, " is a RegExp"],
])("%o: %s", (value, words) => {
  expect(withoutJsonForm(value)).toBe(words);
});

test("what holds itself, or is nested without end, is left to JSON.stringify, and soon", () => {
  const around: Record<string, unknown> = {};
  Object.assign(around, { a: around, b: around, c: [around, around] });
  expect(withoutJsonForm(around)).toBeNull();
  let deep: unknown = new Map();
  for (let n = 0; n < 200_000; n++) deep = [deep];
  expect(withoutJsonForm(deep)).toBeNull();
});

test("its text alone is a function, as the sandbox needs it", () => {
  const again = new Function(`return (${withoutJsonForm})`)() as typeof withoutJsonForm; // the same function, from its text
  expect(again({ tags: new Map() })).toBe(".tags is a Map");
});
