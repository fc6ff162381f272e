import fc from "fast-check";
import { expect, test } from "vitest";
import {
  heard,
  present,
  presenceSubject,
  readPresence,
  shownNames,
  writePresence,
  type Member,
} from "./presence.ts";

const SAID = {
  name: "Ada",
  since: 1,
  lesson: { title: "First round trip", done: 2, of: 6 },
  responders: 1,
  requesters: 1,
  started: 3,
  replied: 2,
  failed: 1,
  served: 4,
};
const member = (id: string, heardAt = 0, name = "Ada"): Member => {
  const read = readPresence(presenceSubject(id), writePresence({ ...SAID, name }), heardAt);
  if (read === null) throw new Error("It is no member.");
  return read;
};

test("what a member says is read as it was said", () => {
  expect(member("ABCD1234", 7)).toEqual({ v: 1, ...SAID, id: "ABCD1234", heardAt: 7 });
});

test("whatever else is sent is no member, and nothing throws", () => {
  const subject = presenceSubject("ABCD1234");
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string({ unit: "binary" })), (text) => {
      expect(readPresence(subject, text, 0)).toBeNull();
    }),
  );
  const whole = writePresence(SAID);
  const changed = (change: object): string => JSON.stringify({ ...JSON.parse(whole), ...change });
  for (const text of [
    changed({ v: 2 }),
    changed({ started: -1 }),
    changed({ served: 1.5 }),
    changed({ name: "\u202e\n" }),
    changed({ lesson: "x" }),
    changed({ name: "x".repeat(3000) }),
  ])
    expect(readPresence(subject, text, 0), text).toBeNull();
  for (const id of ["", "*", "abc", "ABCD1234.X", "A".repeat(25)])
    expect(readPresence(presenceSubject(id), whole, 0), id).toBeNull();
  expect(readPresence("_RT.class.teacher.ABCD1234", whole, 0)).toBeNull();
});

test("a member keeps its place, is gone when it leaves, and when it was not heard for a while", () => {
  let members: readonly Member[] = [];
  for (const id of ["AAAAAAAA", "BBBBBBBB", "CCCCCCCC"]) members = heard(members, member(id, 0));
  members = heard(members, member("AAAAAAAA", 2000));
  expect(members.map(({ id }) => id)).toEqual(["AAAAAAAA", "BBBBBBBB", "CCCCCCCC"]);
  expect(present(members, 5000).map(({ id }) => id)).toEqual(["AAAAAAAA"]);
  members = heard(members, { ...member("BBBBBBBB", 2000), leaves: true });
  expect(members.map(({ id }) => id)).toEqual(["AAAAAAAA", "CCCCCCCC"]);
});

test("ten thousand invented members fill no memory and push nobody out", () => {
  let members: readonly Member[] = heard([], member("REALREAL", 0));
  for (let n = 0; n < 10_000; n++) members = heard(members, member(`FAKE${String(n).padStart(6, "0")}`, 0));
  expect(members.length).toBe(200);
  expect(members[0]?.id).toBe("REALREAL");
});

test("of those who have the same name, later ones have a number", () => {
  const members = ["AAAAAAAA", "BBBBBBBB", "CCCCCCCC"].map((id) => member(id));
  expect([...shownNames(members).values()]).toEqual(["Ada", "Ada 2", "Ada 3"]);
});
