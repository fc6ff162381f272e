import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isErrorReply } from "./errorReply.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const none = new Uint8Array();
const errorIn = (payload: string): boolean => isErrorReply(none, bytes(payload));

describe("isErrorReply", () => {
  it("agrees with parsing the payload, for any JSON", () => {
    const names = fc.constantFrom("error", "Error", "errors", "status", 'er"ror', "\\error");
    const { json } = fc.letrec((tie) => ({
      json: fc.oneof(
        { depthSize: "small" },
        fc.constantFrom<unknown>(null, false, true, 0, 1.5, "", "error", '"error":1', "{", "}", ":,", "\\"),
        fc.array(tie("json"), { maxLength: 3 }),
        fc.dictionary(names, tie("json"), { maxKeys: 4 }),
      ),
    }));
    const indent = fc.constantFrom("", "  ", "\t");
    fc.assert(
      fc.property(json, indent, (value, space) => {
        const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
        // An object from the dictionary above, so it has an own `error` or none.
        const error = isObject ? (value as Record<string, unknown>)["error"] : undefined;
        const expected = error !== undefined && error !== null && error !== false;
        expect(errorIn(JSON.stringify(value, null, space))).toBe(expected);
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ['{"error": "Missing required field: user_id", "status": "error"}', true],
    ['  {\n"a": [1, {"error": 1}], "error": {} } ', true],
    ['{"error": null}', false],
    ['{"error": false}', false],
    ['{"error": null, "error": "x"}', true],
    ['{"a": {"error": "inner"}}', false],
    ['["error"]', false],
    ['"error"', false],
    ["error", false],
    ["", false],
    ['{"error": "not closed"', false],
    ['{"error": "x"} trailing', false],
    ['{"error": "x', false],
  ])("%s: %s", (payload, expected) => {
    expect(errorIn(payload)).toBe(expected);
  });

  it("knows the header of NATS services, in any capitals", () => {
    const withHeader = (line: string): boolean =>
      isErrorReply(bytes(`NATS/1.0\r\nA: b\r\n${line}\r\n\r\n`), none);
    expect(withHeader("Nats-Service-Error-Code: 400")).toBe(true);
    expect(withHeader("nats-service-error-code:400")).toBe(true);
    expect(withHeader("Nats-Service-Error: oops")).toBe(false);
    expect(withHeader("X: Nats-Service-Error-Code: 400")).toBe(false);
  });

  it("takes any bytes without throwing", () => {
    fc.assert(fc.property(fc.uint8Array(), fc.uint8Array(), (a, b) => void isErrorReply(a, b)));
  });
});
