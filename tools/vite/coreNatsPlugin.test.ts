import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../paths.ts";
import { coreOf } from "./coreNatsPlugin.ts";

const installed = (): Promise<string> => readFile(join(ROOT, "node_modules/nats.ws/esm/nats.js"), "utf8");

test("the connection of the nats.ws that is installed leads to core NATS alone", async () => {
  const code = coreOf(await installed());
  const connection = code.slice(
    code.indexOf("class NatsConnectionImpl {"),
    code.indexOf("class ServicesFactory {"),
  );
  expect(connection).toContain("requestMany(");
  expect(connection).toContain("drain(");
  expect(connection).not.toMatch(/new (JetStream|Services)/);
});

test("what runs when it is loaded needs nothing that was left out", async () => {
  const code = coreOf(await installed());
  expect(code).not.toContain("nacl.");
  const loaded = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as { connect?: unknown };
  expect(loaded.connect).toBeTypeOf("function");
});

test("a nats.ws that looks otherwise is an error, not a larger page", () => {
  expect(() => coreOf("class NatsConnectionImpl {\n}")).toThrow("SHA-256");
});
