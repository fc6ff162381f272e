import { expect, test } from "vitest";
import type { ResponderSetup } from "../domain/setup/setup.ts";
import { responderProgram } from "./writeProgram.ts";

const responder: ResponderSetup = {
  name: "responder-1",
  subject: "user.get",
  queue: "users",
  handler: { kind: "builtin", id: "constructor" },
  delay: { kind: "none" },
  handling: "concurrent",
  errorShare: 0,
  dropShare: 0,
};
const server = { url: "nats://127.0.0.1:4222", credentials: "none" } as const;

test.each(["typescript", "python", "go", "cli"] as const)(
  "in %s a handler that a link names and nobody has is one that is not there, whatever its name",
  (language) => {
    const of = (builtin: string): string =>
      responderProgram(language, responder, server, { builtin, source: "" }).text;
    for (const name of ["constructor", "__proto__", "toString"]) expect(of(name)).toBe(of("no-such-handler"));
  },
);
