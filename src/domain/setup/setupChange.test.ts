import { expect, test } from "vitest";
import type { ResponderSetup } from "./setup.ts";
import { setupChange, type SetupSnapshot } from "./setupChange.ts";

const responder = (name: string): ResponderSetup => ({
  name,
  subject: "user.get",
  queue: null,
  handler: { kind: "builtin", id: "echo" },
  delay: { kind: "none" },
  handling: "concurrent",
  errorShare: 0,
  dropShare: 0,
});
const one = { id: 1, setup: responder("one") };
const two = { id: 2, setup: responder("two") };
const setup: SetupSnapshot = { seed: 1, words: {}, responders: [one, two], requesters: [] };
const slow = <Peer extends typeof one>(peer: Peer, ms: number): Peer => ({
  ...peer,
  setup: { ...peer.setup, delay: { kind: "fixed", ms } },
});

test.each([
  ["nothing", setup, null],
  [
    "an edit that ends as it began",
    { ...setup, responders: [{ ...one, setup: { ...one.setup } }, two] },
    null,
  ],
  ["an edit", { ...setup, responders: [slow(one, 5), two] }, "Delay of one"],
  ["an edit of both", { ...setup, responders: [slow(one, 5), slow(two, 5)] }, "Delay of 2 responders"],
  ["a new one", { ...setup, responders: [one, two, { id: 3, setup: responder("three") }] }, "three added"],
  ["one less", { ...setup, responders: [one] }, "two removed"],
  ["others", { ...setup, responders: [{ id: 3, setup: responder("three") }] }, "another setup"],
  ["another seed", { ...setup, seed: 2 }, "Seed"],
  ["a note", { ...setup, words: { note: "Try it." } }, "Title and note"],
] as const)("%s: what changed, in words", (_what, after, words) => {
  expect(setupChange(setup, after)?.words ?? null).toBe(words);
});

test("edits of the same member of the same peer may be one in the making, and no others", () => {
  const edits = (responders: SetupSnapshot["responders"]) =>
    setupChange(setup, { ...setup, responders })?.edits;
  expect(edits([slow(one, 5), two])).toBe(edits([slow(one, 50), two]));
  expect(edits([slow(one, 5), two])).not.toBe(edits([one, slow(two, 5)]));
  expect(edits([slow(one, 5), two])).not.toBe(edits([slow(one, 5), slow(two, 5)]));
  const renamed = { ...one, setup: { ...one.setup, name: "three" } };
  expect(edits([slow(one, 5), two])).not.toBe(edits([renamed, two]));
  expect(edits([one])).toBeNull();
});
