import fc from "fast-check";
import { expect, test } from "vitest";
import { readTarget } from "./target.ts";

test.each([
  ["/", "/", ""],
  ["//", "//", ""],
  ["///evil.example/", "///evil.example/", ""],
  ["/monitoring/varz?a=1?b#c", "/monitoring/varz", "a=1%3Fb"],
  ["/a%20b/%73andbox.html", "/a b/sandbox.html", ""],
  ["http://127.0.0.1:4173/roundtrip.json?x", "/roundtrip.json", "x="],
  ["http://127.0.0.1:4173", "/", ""],
  ["HTTPS://[::1?embed", "/", "embed="],
  [undefined, "/", ""],
])("%s is the path %s", (text, path, query) => {
  const target = readTarget(text);
  expect(target?.path).toBe(path);
  expect(target?.query.toString()).toBe(query);
});

test.each(["*", "", "?x", "example.org:443", "/%", "/%ff", "/%E0%A4%A", "http://x/%c0%af"])(
  "%j names nothing",
  (text) => expect(readTarget(text)).toBeNull(),
);

test("whatever is written, it is read or refused", () => {
  const part = fc.oneof(
    fc.constantFrom("/", "//", "?", "#", "%", "%ff", "..", "http://", "[", "]", "@", ":", "\\", "\0"),
    fc.string({ unit: "binary" }),
  );
  fc.assert(
    fc.property(
      fc.array(part).map((parts) => parts.join("")),
      (text) => {
        const target = readTarget(text);
        if (target === null) return;
        expect(target.path).toMatch(/^\//);
        expect(target.written).toMatch(/^\//);
      },
    ),
    { numRuns: 2000 },
  );
});
