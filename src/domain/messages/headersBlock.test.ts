import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  checkHeaderName,
  checkHeaderValue,
  formatHeadersBlock,
  headersStatus,
  parseHeadersBlock,
} from "./headersBlock.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const header = fc.record({
  name: fc.string({ minLength: 1 }).filter((name) => checkHeaderName(name) === null),
  value: fc
    .string({ unit: "grapheme" })
    .map((value) => value.trim())
    .filter((value) => checkHeaderValue(value) === null),
});

describe("a header block", () => {
  it("comes back as it was written", () => {
    fc.assert(
      fc.property(fc.array(header), (headers) => {
        const block = formatHeadersBlock(headers);
        expect(parseHeadersBlock(block)).toEqual({ status: null, description: "", headers });
        expect(headersStatus(block)).toBe(0);
      }),
    );
  });

  it.each([
    ["NATS/1.0 503\r\n\r\n", 503, ""],
    ["NATS/1.0 503 No Responders\r\nNats-Subject: user.get\r\n\r\n", 503, "No Responders"],
    ["NATS/1.0 100 Idle Heartbeat\r\n\r\n", 100, "Idle Heartbeat"],
    ["NATS/1.0\r\na: b\r\n\r\n", null, ""],
  ])("%j has the status %s", (text, status, description) => {
    expect(parseHeadersBlock(bytes(text))).toMatchObject({ status, description });
    expect(headersStatus(bytes(text))).toBe(status ?? 0);
  });

  it("keeps repeated names in order and trims values as clients do", () => {
    expect(
      parseHeadersBlock(bytes("NATS/1.0\r\nA:1\r\na:  2 \r\nA: 3:4\r\nno colon\r\n\r\n"))?.headers,
    ).toEqual([
      { name: "A", value: "1" },
      { name: "a", value: "2" },
      { name: "A", value: "3:4" },
    ]);
  });

  it("is nothing for no bytes, and null for other bytes", () => {
    expect(parseHeadersBlock(new Uint8Array())).toEqual({ status: null, description: "", headers: [] });
    expect(formatHeadersBlock([])).toHaveLength(0);
    expect(parseHeadersBlock(bytes("HTTP/1.1 200\r\n\r\n"))).toBeNull();
    expect(headersStatus(bytes("HTTP/1.1 200\r\n\r\n"))).toBe(0);
  });

  it("reads any bytes without throwing, and both readers agree on the status", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (garbage) => {
        const block = Uint8Array.from([...bytes("NATS/1.0"), ...garbage]);
        expect(() => [
          parseHeadersBlock(block),
          parseHeadersBlock(garbage),
          headersStatus(block),
        ]).not.toThrow();
      }),
    );
  });
});

describe("headers in a form", () => {
  it("are checked in words", () => {
    expect(checkHeaderName("Trace-Id")).toBeNull();
    expect(checkHeaderName("")).toMatch(/no name/);
    expect(checkHeaderName("Trace Id")).toMatch(/a space/);
    expect(checkHeaderName("a:b")).toMatch(/a colon/);
    expect(checkHeaderName("naïve")).toMatch(/outside ASCII/);
    expect(checkHeaderValue("a: b")).toBeNull();
    expect(checkHeaderValue("a\r\nb: c")).toMatch(/line break/);
  });
});
