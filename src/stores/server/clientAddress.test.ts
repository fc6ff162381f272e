import { expect, it } from "vitest";
import { inTerminal } from "./clientAddress.ts";

const ADDRESS = { url: "nats://127.0.0.1:31222", guess: "" };

it("a command asks the page's server, on the subject as it crosses the wire", () => {
  const command = "nats request user.get '{}'";
  expect(inTerminal(command, ADDRESS, undefined)).toBe(
    "nats request --server nats://127.0.0.1:31222 user.get '{}'",
  );
  expect(inTerminal(command, ADDRESS, "rt-x")).toBe(
    "nats request --server nats://127.0.0.1:31222 rt-x.user.get '{}'",
  );
  expect(inTerminal("nats --help", ADDRESS, "rt-x")).toBe("nats --help");
});
