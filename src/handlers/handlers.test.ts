import { readdir, readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { isErrorReply } from "../domain/messages/errorReply.ts";
import { checkSubscriptionSubject } from "../domain/messages/subjects.ts";
import { checkPayload } from "../domain/messages/templates.ts";
import { HANDLERS } from "./catalogue.ts";
import echo from "./echo.js";
import failing from "./failing.js";
import type { Context, Handler, Request } from "./interface.ts";
import userLookup from "./user-lookup.js";
import userValidating from "./user-validating.js";

const request = (text: string, subject = "user.get"): Request => ({
  subject,
  text,
  data: new TextEncoder().encode(text),
  headers: {},
  json: () => JSON.parse(text),
});

/** These handlers need nothing of their context: whoever changes that sees it here. */
const context: Context = {
  name: "responder-1",
  state: {},
  ask: () => Promise.reject(new Error("asked")),
  sleep: () => Promise.reject(new Error("slept")),
  random: () => 0,
  log: () => undefined,
};
const run = (handler: Handler, text: string): unknown => handler(request(text), context);
const saysError = (reply: unknown): boolean =>
  isErrorReply(new Uint8Array(), new TextEncoder().encode(JSON.stringify(reply)));

describe("echo", () => {
  it("sends back what came, byte for byte", () => {
    const data = Uint8Array.of(0xef, 0xbb, 0xbf, 0x41, 0xff, 0, 0x80);
    expect(echo({ ...request("A"), data }, context)).toEqual(data);
  });
});

describe("user-lookup", () => {
  it("finds a user for every id", () => {
    expect(run(userLookup, '{"user_id": 12345}')).toEqual({
      user_id: 12345,
      name: "User 12345",
      email: "user12345@example.com",
      status: "active",
    });
  });

  it("keeps user_id in the reply when the request has none", () => {
    expect(run(userLookup, "{}")).toMatchObject({ user_id: null });
  });

  it("throws for what is no JSON", () => {
    expect(() => run(userLookup, "{")).toThrow(SyntaxError);
  });
});

describe("user-validating", () => {
  const invalid = { error: "Invalid user_id: must be positive integer", status: "error" };

  it.each<[string, string, object]>([
    [
      "a valid id",
      '{"user_id": 42}',
      { user_id: 42, name: "User 42", email: "user42@example.com", status: "success" },
    ],
    ["no id", "{}", { error: "Missing required field: user_id", status: "error" }],
    ["a negative id", '{"user_id": -5}', invalid],
    ["text for an id", '{"user_id": "abc"}', invalid],
    ["an unknown id", '{"user_id": 1001}', { error: "User 1001 not found", status: "not_found" }],
    ["the id zero", '{"user_id": 0}', invalid],
    ["half an id", '{"user_id": 1.5}', invalid],
    ["null for an id", '{"user_id": null}', invalid],
    ["a list", "[1]", { error: "Missing required field: user_id", status: "error" }],
    ["what is no JSON", "not json", { error: "Invalid JSON in request", status: "error" }],
    ["nothing", "", { error: "Invalid JSON in request", status: "error" }],
  ])("answers %s", (_, text, reply) => {
    expect(run(userValidating, text)).toEqual(reply);
    expect(saysError(reply)).toBe("error" in reply);
  });

  it("knows users up to id 1000", () => {
    expect(run(userValidating, '{"user_id": 1000}')).toMatchObject({ status: "success" });
  });

  it("answers its own failures too", () => {
    expect(run(userValidating, "5")).toMatchObject({
      error: expect.stringMatching(/^Internal server error: ./),
      status: "error",
    });
    const unreadable: Request = {
      ...request("{}"),
      json: () => {
        throw new Error("out of memory");
      },
    };
    expect(userValidating(unreadable, context)).toEqual({
      error: "Internal server error: out of memory",
      status: "error",
    });
  });
});

describe("failing", () => {
  it("throws", () => {
    expect(() => run(failing, "{}")).toThrow(/database/);
  });
});

describe("the catalogue", () => {
  it("lists every handler file, each described as its first line says", async () => {
    const files = (await readdir(import.meta.dirname)).filter((file) => file.endsWith(".js"));
    expect(HANDLERS.map(({ id }) => `${id}.js`).toSorted()).toEqual(files.toSorted());
    for (const { id, description } of HANDLERS) {
      const source = await readFile(`${import.meta.dirname}/${id}.js`, "utf8");
      expect(source.split("\n")[0]).toBe(`// ${description}`);
    }
  });

  it("suggests subjects and payloads that can be used", () => {
    for (const { subject, samplePayload } of HANDLERS) {
      expect(checkSubscriptionSubject(subject)).toBeNull();
      expect(checkPayload("json", samplePayload)).toBeNull();
    }
  });
});
