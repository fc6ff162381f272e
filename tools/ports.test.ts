import { createServer, type Server } from "node:net";
import { afterEach, expect, test } from "vitest";
import { choosePort, pickPorts } from "./ports.ts";

const servers: Server[] = [];
afterEach(() =>
  Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve)))),
);

async function take(port: number, host = "127.0.0.1"): Promise<void> {
  const server = createServer();
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
}

async function freePort(): Promise<number> {
  const [port] = await pickPorts(1);
  if (port === undefined) throw new Error("no port was picked");
  return port;
}

const none: ReadonlySet<number> = new Set();

test("the usual port, when it is free", async () => {
  const usual = await freePort();
  expect(await choosePort({ what: "it", usual, asked: null }, none)).toEqual({ port: usual, moved: false });
});

test.each(["127.0.0.1", "0.0.0.0"])("the next free port, when the usual one is taken on %s", async (host) => {
  const usual = await freePort();
  await take(usual, host);
  const chosen = await choosePort({ what: "it", usual, asked: null }, none);
  expect(chosen.moved).toBe(true);
  expect(chosen.port).toBeGreaterThan(usual);
});

test("a port that is spoken for is taken", async () => {
  const usual = await freePort();
  const { port } = await choosePort({ what: "it", usual, asked: null }, new Set([usual]));
  expect(port).not.toBe(usual);
});

test("a port that was asked for and is taken is an error, which says who asked", async () => {
  const port = await freePort();
  await take(port);
  const asked = { port, by: "--ws-port" };
  await expect(choosePort({ what: "the WebSocket", usual: 1, asked }, none)).rejects.toThrow(
    `Port ${port} for the WebSocket (--ws-port) is taken.`,
  );
});

test("picked ports differ", async () => {
  expect(new Set(await pickPorts(20)).size).toBe(20);
});
