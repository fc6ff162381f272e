import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  checkPublishSubject,
  checkQueueGroup,
  checkSubscriptionSubject,
  nearestSubject,
  subjectMatches,
} from "./subjects.ts";

// Few letters, so that patterns and subjects often nearly match.
const word = fc.string({ unit: fc.constantFrom("a", "b"), minLength: 1, maxLength: 2 });
const subject = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join("."));
const pattern = fc
  .tuple(fc.array(fc.oneof(word, fc.constant("*")), { maxLength: 4 }), fc.boolean())
  .filter(([words, full]) => full || words.length > 0)
  .map(([words, full]) => [...words, ...(full ? [">"] : [])].join("."));

function naiveMatch(wanted: readonly string[], given: readonly string[]): boolean {
  const [first, ...others] = wanted;
  if (first === ">") return given.length > 0;
  if (first === undefined || given.length === 0) return first === undefined && given.length === 0;
  return (first === "*" || first === given[0]) && naiveMatch(others, given.slice(1));
}

describe("subjectMatches", () => {
  it("agrees with matching word by word", () => {
    fc.assert(
      fc.property(pattern, subject, (wanted, given) => {
        expect(subjectMatches(wanted, given)).toBe(naiveMatch(wanted.split("."), given.split(".")));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ["user.get", "user.get", true],
    ["user.*", "user.get", true],
    ["user.*", "user", false],
    ["user.*", "user.get.one", false],
    ["user.>", "user.get.one", true],
    ["user.>", "user", false],
    [">", "user", true],
    ["*.get", "user.get", true],
    ["user.get", "user.gets", false],
    ["user.get", "users.get", false],
  ])("%s takes %s: %s", (wanted, given, expected) => {
    expect(subjectMatches(wanted, given)).toBe(expected);
  });
});

describe("the subject of a request", () => {
  it("is accepted when it is words joined by dots", () => {
    fc.assert(fc.property(subject, (given) => void expect(checkPublishSubject(given)).toBeNull()));
    for (const given of ["user", "_INBOX.abc.1", "$SYS.REQ", "a-b_c.d"])
      expect(checkPublishSubject(given)).toBeNull();
  });

  it.each([
    ["", /empty/],
    ["user get", /"user get" has a space: subjects are words joined by dots, such as user\.get/],
    ["user\tget", /a tab/],
    ["user.get\n", /a line break/],
    ["user\u0000", /a null \(U\+0000\)/],
    ["größe", /"ö", which is not ASCII/],
    [".user", /starts with a dot/],
    ["user.", /ends with a dot/],
    ["user..get", /two dots in a row/],
    ["user.*", /wildcard \*/],
    ["user.>", /wildcard >/],
    ["user.g*t", /\* inside the word "g\*t"/],
  ])("%j is refused in words", (given, words) => {
    expect(checkPublishSubject(given)).toMatch(words);
  });
});

it("refuses a subject that is longer than a server reads", () => {
  expect(checkPublishSubject("u".repeat(1024))).toBeNull();
  expect(checkPublishSubject("u".repeat(1025))).toMatch(/1025 characters: use at most 1024/);
});

describe("the subject of a responder", () => {
  it("may hold wildcards where NATS allows them", () => {
    fc.assert(fc.property(pattern, (given) => void expect(checkSubscriptionSubject(given)).toBeNull()));
  });

  it.each([
    ["user.>.get", /> in the middle/],
    ["user.ge>", /> inside the word/],
    ["a b", /a space/],
    ["", /empty/],
  ])("%j is refused in words", (given, words) => {
    expect(checkSubscriptionSubject(given)).toMatch(words);
  });
});

describe("a queue group", () => {
  it("is one word", () => {
    expect(checkQueueGroup("users")).toBeNull();
    expect(checkQueueGroup("users.eu")).toBeNull();
    expect(checkQueueGroup("")).toMatch(/has no name/);
    expect(checkQueueGroup("the users")).toMatch(/has a space/);
    expect(checkQueueGroup("q".repeat(1025))).toMatch(/at most 1024/);
  });
});

describe("nearestSubject", () => {
  it.each([
    ["user.gte", ["auth.login", "user.get"], "user.get"],
    ["User.Get", ["user.get"], "user.get"],
    ["usr.get", ["user.get", "user.set"], "user.get"],
    ["order.create", ["user.get"], null],
    ["user.get", ["user.get"], null],
    ["user.get", [], null],
  ])("%s among %j is %s", (given, candidates, expected) => {
    expect(nearestSubject(given, candidates)).toBe(expected);
  });
});
