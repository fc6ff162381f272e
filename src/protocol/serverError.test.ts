import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseServerError } from "./serverError.ts";

describe("the text of an -ERR", () => {
  it("says which operation is refused, on which subject and in which queue group", () => {
    const read = (text: string): unknown => parseServerError(text);
    expect(read('Permissions Violation for Publish to "user.get"')).toMatchObject({
      kind: "notPermitted",
      operation: "publish",
      subject: "user.get",
      queue: null,
    });
    expect(read('Permissions Violation for Subscription to "_INBOX.>"')).toMatchObject({
      operation: "subscribe",
      subject: "_INBOX.>",
      queue: null,
    });
    expect(
      read('Permissions Violation for Subscription to "user.get" using queue "a\\"b\\u00e4"'),
    ).toMatchObject({ operation: "subscribe", subject: "user.get", queue: 'a"bä' });
    expect(read('Permissions Violation for Publish with Reply of "_R_.x"')).toMatchObject({
      operation: "reply",
      subject: "_R_.x",
    });
    expect(read('permissions violation for publish to "a"')).toMatchObject({ operation: "publish" });
  });

  it("says whether it is the login that is refused", () => {
    const logins = [
      "Authorization Violation",
      "User Authentication Expired",
      "User Authentication Revoked",
      "Account Authentication Expired",
      "Authentication Timeout",
    ];
    for (const text of logins) expect(parseServerError(text)).toEqual({ kind: "login", text });
  });

  it("is kept as it is where it is anything else, whatever that is", () => {
    for (const text of ["", "Stale Connection", "Permissions Violation for Publish to user.get"])
      expect(parseServerError(text)).toEqual({ kind: "other", text });
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(parseServerError(`'${text}'`).text).toBe(text);
      }),
    );
    const almost = fc.string({ unit: fc.constantFrom('"', "\\", "x", " ") });
    fc.assert(
      fc.property(almost, (rest) => {
        const error = parseServerError(`Permissions Violation for Publish to ${rest}`);
        expect(["notPermitted", "other"]).toContain(error.kind);
      }),
    );
  });
});
