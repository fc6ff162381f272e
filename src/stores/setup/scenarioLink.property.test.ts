import fc from "fast-check";
import { deflateRawSync } from "node:zlib";
import { expect, test, vi } from "vitest";
import { parseScenario, scenarioDocument, type ParsedScenario } from "../../domain/setup/scenarioSchema.ts";
import { decodeScenario, encodeScenario, parseScenarioText } from "./scenarioLink.ts";
import { anyScenario, largeScenario, spoiled } from "../../domain/setup/testingScenarios.ts";

/** What is read is either a scenario, which then goes on unchanged, or there are words about what is wrong with it. */
function expectSound(parsed: ParsedScenario): void {
  if (parsed.ok) expect(parseScenario(scenarioDocument(parsed.scenario))).toEqual(parsed);
  else {
    expect(parsed.problems.length).toBeGreaterThan(0);
    for (const problem of parsed.problems) expect(problem).toMatch(/\S.*[.…]$/u);
  }
  expect(Reflect.get({}, "polluted")).toBeUndefined();
}

const inLink = (text: string): string => deflateRawSync(text).toString("base64url");

test("any scenario goes through a file unchanged", () => {
  fc.assert(
    fc.property(anyScenario(), (scenario) => {
      const text = JSON.stringify(scenarioDocument(scenario), null, 2);
      expect(parseScenarioText(text)).toEqual({ ok: true, scenario });
    }),
    { numRuns: 1000 },
  );
});

test("any scenario goes through a link unchanged, and its link is always the same", async () => {
  await fc.assert(
    fc.asyncProperty(anyScenario(), async (scenario) => {
      const link = await encodeScenario(scenario);
      const parsed = await decodeScenario(link);
      expect(parsed).toEqual({ ok: true, scenario });
      if (parsed.ok) expect(await encodeScenario(parsed.scenario)).toBe(link);
    }),
    { numRuns: 300 },
  );
});

test("50 responders of any kind go through a link unchanged", async () => {
  await fc.assert(
    fc.asyncProperty(largeScenario, async (scenario) => {
      expect(await decodeScenario(await encodeScenario(scenario))).toEqual({ ok: true, scenario });
    }),
    { numRuns: 30 },
  );
});

test("a file of anything is read, or said to be wrong", () => {
  const anything = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.json(),
    fc.jsonValue().map((value) => JSON.stringify({ roundtrip: 3, setup: value })),
    fc.jsonValue().map((value) => JSON.stringify({ format: "roundtrip.results", scenario: value })),
  );
  fc.assert(
    fc.property(anything, (text) => expectSound(parseScenarioText(text))),
    { numRuns: 3000 },
  );
});

test("a document with one place of it spoiled is read, or said to be wrong", () => {
  const document = anyScenario(3).chain((scenario) => spoiled(scenarioDocument(scenario)));
  fc.assert(
    fc.property(document, (value) => {
      expectSound(parseScenario(value));
      expectSound(parseScenarioText(JSON.stringify(value)));
    }),
    { numRuns: 3000 },
  );
});

test("a link of anything is read, or said to be wrong", async () => {
  const anything = fc.oneof(
    fc.string(),
    fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes).toString("base64url")),
    fc.json().map(inLink),
    anyScenario(2).chain((scenario) =>
      spoiled(scenarioDocument(scenario)).map((value) => inLink(JSON.stringify(value))),
    ),
  );
  await fc.assert(
    fc.asyncProperty(anything, async (text) => expectSound(await decodeScenario(text))),
    { numRuns: 2000 },
  );
});

test("a link with what chats and mail programs add to it, or break it by, is read as it was meant", async () => {
  const added = fc.constantFrom(
    ".",
    ")",
    ">",
    "%20",
    "%0A",
    "\u200b",
    "%E2%80%8B",
    "&utm_source=mail&utm_medium=x",
    "?fbclid=1",
    '"',
    "”",
    "]",
    ");",
    ".%0D%0A>",
  );
  const broken = fc.constantFrom(" ", "\n", "\r\n", "%20", "%0D%0A", "\u00ad", "\u200b", "\u00a0");
  await fc.assert(
    fc.asyncProperty(
      anyScenario(2),
      fc.array(added, { maxLength: 2 }),
      broken,
      fc.nat(),
      async (scenario, after, by, where) => {
        const link = inLink(JSON.stringify(scenarioDocument(scenario)));
        const index = where % link.length;
        const text = link.slice(0, index) + by + link.slice(index) + after.join("");
        expect(await decodeScenario(text)).toEqual({ ok: true, scenario });
      },
    ),
    { numRuns: 300 },
  );
});

test("a file that is not JSON is told with the place of its fault", () => {
  const parsed = parseScenarioText('{\n  "roundtrip": 3,\n}');
  expect(parsed.ok ? [] : parsed.problems).toEqual([
    "It is not JSON. Line 3, column 1: There is a comma before }: take it away.",
  ]);
});

test("a link that was cut, or of which letters were changed, is never another scenario by accident", async () => {
  const damage = anyScenario(3).chain((scenario) => {
    const link = inLink(JSON.stringify(scenarioDocument(scenario)));
    return fc.record({
      link: fc.constant(link),
      cut: fc.option(fc.nat(link.length - 1)),
      at: fc.nat(link.length - 1),
      letter: fc.constantFrom("A", "_", "z", "%", " "),
    });
  });
  await fc.assert(
    fc.asyncProperty(damage, async ({ link, cut, at, letter }) => {
      const text = cut === null ? link.slice(0, at) + letter + link.slice(at + 1) : link.slice(0, cut);
      const parsed = await decodeScenario(text);
      expectSound(parsed);
      if (cut !== null) expect(parsed.ok).toBe(false);
    }),
    { numRuns: 2000 },
  );
});

test("what unfolds without end is not unfolded", async () => {
  const bomb = deflateRawSync(Buffer.alloc(700 * 1024 * 1024)).toString("base64url");
  const unfolded = vi.spyOn(ReadableStreamDefaultReader.prototype, "read");
  const before = process.memoryUsage().arrayBuffers;
  const parsed = await decodeScenario(bomb);
  // Nor any more of it than what shows that it is too much.
  expect(unfolded.mock.calls.length).toBeLessThan(500);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 1024 * 1024);
  unfolded.mockRestore();
  expect(parsed).toEqual({ ok: false, problems: ["It would unfold to more than any setup needs."] });
});

test("a newer version is said to be newer, whatever it holds", () => {
  fc.assert(
    fc.property(fc.integer({ min: 5 }), fc.dictionary(fc.string(), fc.jsonValue()), (version, members) => {
      const parsed = parseScenario({ ...members, roundtrip: version });
      expect(parsed.ok).toBe(false);
      if (!parsed.ok) expect(parsed.problems.join()).toContain("newer Roundtrip");
    }),
  );
});

const setupWith = (template: string, headers: readonly unknown[] = []) => ({
  seed: 1,
  responders: [],
  requesters: [
    {
      name: "client-1",
      subject: "user.get",
      payload: { format: "text", template },
      headers,
      timeoutMs: 1000,
    },
  ],
});

test("a small link that would make the page lay out a million lines, or more than it can hold, is refused in words", async () => {
  const refused = [
    [setupWith("\n".repeat(1_000_000)), "It has 1000001 lines: use at most 10000."],
    [setupWith("x".repeat(2_200_000)), "It has 2200000 characters"],
    [setupWith("x", [{ name: "a".repeat(300), value: "" }]), "The header's name has 300 characters"],
    [setupWith("x", [{ name: "a", value: "a".repeat(70_000) }]), "The header's value has 70000 characters"],
    [
      setupWith(
        "x",
        Array.from({ length: 101 }, () => ({ name: "a", value: "" })),
      ),
      "more than 100 headers",
    ],
    [{ seed: 1, requesters: [], responders: Array.from({ length: 201 }) }, "more than 200 responders"],
  ] as const;
  for (const [setup, words] of refused) {
    const parsed = await decodeScenario(inLink(JSON.stringify({ roundtrip: 3, setup })));
    expect(parsed.ok).toBe(false);
    if (!parsed.ok) expect(parsed.problems.join(" ")).toContain(words);
  }
});

test("what is nested without end is said to be no setup", async () => {
  for (const text of [
    "[".repeat(1_000_000),
    `{"roundtrip":3,"setup":${"[".repeat(100_000)}${"]".repeat(100_000)}}`,
  ])
    expectSound(await decodeScenario(inLink(text)));
});
