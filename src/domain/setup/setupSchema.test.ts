import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PLAIN_POLICY } from "./policies.ts";
import { PRESETS } from "./policyPresets.ts";
import type { Delay, RequesterSetup, ResponderSetup, Setup } from "./setup.ts";
import { parseScenario, scenarioDocument } from "./scenarioSchema.ts";
import { checkHandlerSource, withLineFeeds } from "./handlerSource.ts";
import { parseSetup } from "./setupSchema.ts";

const name = fc.stringMatching(/^[a-zA-Z0-9äß][a-zA-Z0-9äß -]{0,20}[a-zA-Z0-9äß]$/);
const word = fc.stringMatching(/^[a-z_$0-9-]{1,6}$/);
const subject = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join("."));
// JSON has no −0, so a document cannot bring it back.
const numberUpTo = (max: number) => fc.double({ min: 0, max, noNaN: true }).map((value) => value + 0);
const ms = numberUpTo(600_000);
const delay: fc.Arbitrary<Delay> = fc.oneof(
  fc.constant<Delay>({ kind: "none" }),
  fc.record({ kind: fc.constant("fixed" as const), ms }),
  fc
    .tuple(ms, ms)
    .map(([a, b]): Delay => ({ kind: "uniform", minMs: Math.min(a, b), maxMs: Math.max(a, b) })),
  fc.record({ kind: fc.constant("normal" as const), meanMs: ms, deviationMs: ms }),
  fc.record({ kind: fc.constant("exponential" as const), meanMs: ms }),
);
const responder: fc.Arbitrary<ResponderSetup> = fc.record({
  name,
  subject: fc.oneof(
    subject,
    subject.map((words) => `${words}.>`),
    subject.map((words) => `*.${words}`),
  ),
  queue: fc.option(word),
  handler: fc.oneof(
    fc.record({ kind: fc.constant("builtin" as const), id: fc.constantFrom("echo", "user-lookup") }),
    fc.record(
      {
        kind: fc.constant("code" as const),
        title: fc.constantFrom("Mine", "Écho 2"),
        source: fc
          .string({ unit: "binary", maxLength: 200 })
          .map(withLineFeeds)
          .filter((each) => checkHandlerSource(each) === null),
        basedOn: fc.constantFrom("echo", "user-lookup"),
      },
      { requiredKeys: ["kind", "title", "source"] },
    ),
  ),
  delay,
  handling: fc.constantFrom("oneAtATime" as const, "concurrent" as const),
  errorShare: numberUpTo(1),
  dropShare: numberUpTo(1),
});
const requester: fc.Arbitrary<RequesterSetup> = fc.record({
  name,
  subject,
  payload: fc.record({
    format: fc.constantFrom("json" as const, "text" as const),
    template: fc.string({ unit: "grapheme" }),
  }),
  headers: fc.array(
    fc.record({ name: fc.stringMatching(/^[A-Za-z-]{1,8}$/), value: fc.stringMatching(/^[ -~é]{0,9}$/) }),
    {
      maxLength: 3,
    },
  ),
  timeoutMs: fc.integer({ min: 1, max: 600_000 }),
  policy: fc.constantFrom(PLAIN_POLICY, ...PRESETS.map((preset) => preset.policy)),
});
const setup: fc.Arbitrary<Setup> = fc.record({
  seed: fc.maxSafeInteger().map((seed) => seed + 0),
  responders: fc.array(responder, { maxLength: 3 }),
  requesters: fc.array(requester, { maxLength: 3 }),
});

const GOOD: Setup = {
  seed: 1,
  responders: [
    {
      name: "responder-1",
      subject: "user.get",
      queue: "users",
      handler: { kind: "builtin", id: "user-lookup" },
      delay: { kind: "none" },
      handling: "concurrent",
      errorShare: 0,
      dropShare: 0,
    },
  ],
  requesters: [
    {
      name: "client-1",
      subject: "user.get",
      payload: { format: "json", template: '{ "user_id": {{n}} }' },
      headers: [],
      timeoutMs: 2000,
      policy: PLAIN_POLICY,
    },
  ],
};

/** A setup with the value at one place replaced, as JSON would bring it. */
function changed(path: readonly (string | number)[], to: unknown): unknown {
  const copy: unknown = structuredClone(GOOD);
  let at = copy as Record<string | number, unknown>; // each step of the path leads to an object or a list
  for (const key of path.slice(0, -1)) at = at[key] as typeof at; // as above
  at[path.at(-1) ?? ""] = to;
  return copy;
}

describe("a setup", () => {
  it("survives being written as a document and read again", () => {
    fc.assert(
      fc.property(setup, (given) => {
        const written = JSON.stringify(scenarioDocument({ setup: given }));
        expect(parseScenario(JSON.parse(written))).toEqual({ ok: true, scenario: { setup: given } });
      }),
    );
  });

  it("that was kept before there were policies has a fixed timeout", () => {
    const requesters = GOOD.requesters.map(({ policy: _, ...requester }) => requester);
    expect(parseSetup({ ...GOOD, requesters })).toEqual({ ok: true, setup: GOOD });
  });

  it("is kept with a payload that is still being written", () => {
    expect(parseSetup(changed(["requesters", 0, "payload", "template"], '{ "user_id": '))).toMatchObject({
      ok: true,
    });
  });

  it("is refused with problems, and never with an exception, whatever JSON stands there", () => {
    const places = fc.constantFrom<(string | number)[]>(
      ["seed"],
      ["responders"],
      ["responders", 0],
      ["responders", 0, "queue"],
      ["responders", 0, "handler"],
      ["responders", 0, "delay"],
      ["requesters", 0, "headers"],
      ["requesters", 0, "payload"],
      ["requesters", 0, "timeoutMs"],
    );
    const fromJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
    fc.assert(
      fc.property(fc.jsonValue(), places, (value, place) => {
        for (const input of [
          value,
          { roundtrip: 1, setup: value },
          { roundtrip: 1, setup: fromJson(changed(place, value)) },
        ]) {
          const parsed = parseScenario(input);
          if (parsed.ok) continue;
          expect(parsed.problems.length).toBeGreaterThan(0);
          for (const problem of parsed.problems) expect(problem).toMatch(/^\S.*\.$/s);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it.each<[(string | number)[], unknown, RegExp]>([
    [["seed"], 1.5, /^seed: It should be a whole number/],
    [["seed"], undefined, /^seed: It is missing|^seed: It should be a number/],
    [["extra"], 1, /^extra: This version of Roundtrip does not know it/],
    [["responders"], {}, /^responders: It should be a list/],
    [["responders", 0, "subject"], "user get", /^responder 1, subject: "user get" has a space/],
    [["responders", 0, "queue"], "", /^responder 1, queue: .*no name/],
    [["responders", 0, "name"], "", /^responder 1, name: .*empty/],
    [["responders", 0, "delay"], { kind: "fixed", ms: -1 }, /^responder 1, delay: .*negative/],
    [["responders", 0, "delay"], { kind: "fixed" }, /^responder 1, delay, ms: It is missing/],
    [["responders", 0, "delay"], { kind: "odd" }, /^responder 1, delay, kind: It should be one of none/],
    [
      ["responders", 0, "handler"],
      { kind: "wasm" },
      /^responder 1, handler, kind: It should be one of builtin, code/,
    ],
    [
      ["responders", 0, "handler"],
      { kind: "code", title: "Mine", source: "x".repeat(50_001) },
      /^responder 1, handler, source: It has 50001 characters/,
    ],
    [
      ["responders", 0, "handler"],
      { kind: "code", title: "Mine", source: "1;\r\n// \u2028evil()" },
      /^responder 1, handler, source: Line 2: Line separator \(U\+2028\)/,
    ],
    [
      ["responders", 0, "handler"],
      { kind: "code", title: " ", source: "" },
      /^responder 1, handler, title: Give it a name/,
    ],
    [
      ["responders", 0, "handler"],
      { kind: "code", title: "Mine", source: "", agreed: true },
      /^responder 1, handler, agreed: This version of Roundtrip does not know it/,
    ],
    [["responders", 0, "handler", "id"], "../x", /^responder 1, handler, id: It should name a handler/],
    [["responders", 0, "errorShare"], 1.1, /^responder 1, errorShare: It should be a share from 0 to 1/],
    [["requesters", 0, "subject"], "user.*", /^requester 1, subject: .*wildcard/],
    [["requesters", 0, "timeoutMs"], 0, /^requester 1, timeoutMs: It should be at least 1 ms/],
    [
      ["requesters", 0, "policy", "on"],
      ["replied"],
      /^requester 1, policy, on 1: It should be one of timedOut/,
    ],
    [
      ["requesters", 0, "policy", "breaker"],
      { failures: 0, openMs: 1000 },
      /^requester 1, policy, breaker, failures: It should be at least 1/,
    ],
    [["requesters", 0, "policy", "fallback"], { format: "json", text: "{" }, /^requester 1, policy: /],
    [["requesters", 0, "headers"], [{ name: "a b", value: "" }], /^requester 1, header 1, name: .*a space/],
    [
      ["requesters", 0, "payload", "format"],
      "xml",
      /^requester 1, payload, format: It should be json, text, hex or base64/,
    ],
  ])("with %j = %j says so", (path, to, words) => {
    const parsed = parseSetup(changed(path, to));
    expect(parsed.ok ? [] : parsed.problems).toEqual([expect.stringMatching(words)]);
  });

  it("with many problems tells the first few and how many more there are", () => {
    const parsed = parseSetup({
      seed: 1,
      responders: Array.from({ length: 20 }, () => null),
      requesters: [],
    });
    expect(parsed.ok ? [] : parsed.problems).toHaveLength(9);
    expect(parsed.ok ? "" : parsed.problems.at(-1)).toBe("… and 12 more.");
  });

  it("does not take more responders than a page can put up", () => {
    const responders = Array.from({ length: 201 }, () => GOOD.responders[0]);
    expect(parseSetup({ ...GOOD, responders })).toEqual({
      ok: false,
      problems: ["responders: It has more than 200 responders."],
    });
  });
});

describe("a document", () => {
  it("of a later version says that Roundtrip is too old for it", () => {
    const parsed = parseScenario({ roundtrip: 5, setup: { anything: true } });
    expect(parsed.ok ? [] : parsed.problems).toEqual([
      expect.stringMatching(/newer Roundtrip: its version is 5/),
    ]);
  });

  it.each([null, [], "x", {}, { setup: GOOD }])("that is none says so: %j", (value) => {
    const parsed = parseScenario(value);
    expect(parsed.ok ? [] : parsed.problems).toEqual([expect.stringMatching(/no setup of Roundtrip/)]);
  });

  it.each(["1", null, 0, 1.5])("with %j for a version says so", (roundtrip) => {
    const parsed = parseScenario({ roundtrip, setup: GOOD });
    expect(parsed.ok ? [] : parsed.problems).toEqual([expect.stringMatching(/should be a whole number/)]);
  });

  it("cannot reach an object's prototype", () => {
    const evil: unknown = JSON.parse(
      '{"roundtrip":1,"setup":{"__proto__":{"polluted":1},"seed":1,"responders":[],"requesters":[]}}',
    );
    expect(parseScenario(evil).ok).toBe(false);
    expect("polluted" in {}).toBe(false);
  });
});
