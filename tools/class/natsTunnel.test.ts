import { createServer } from "node:http";
import { connect, createServer as createTcp, type AddressInfo, type Server } from "node:net";
import { afterEach, expect, test } from "vitest";
import { tunnelWebSockets } from "./natsTunnel.ts";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function listening<Of extends Server>(server: Of): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port; // it listens on a port
}

/** What stands for nats-server here says what it was asked, and then sends everything back. */
async function start({ most = 10, withUpstream = true } = {}): Promise<number> {
  const echo = createTcp((socket) => {
    socket.on("error", () => {});
    socket.pipe(socket);
  });
  const upstream = await listening(echo);
  if (!withUpstream) await new Promise((resolve) => echo.close(resolve));
  const page = createServer((_request, response) => response.end("page"));
  tunnelWebSockets(page, { port: upstream, origin: "http://127.0.0.1:1", most });
  return listening(page);
}

/** All that comes back for some bytes within a moment, or until the other side ends it. */
const ask = (port: number, text: string): Promise<string> =>
  new Promise((resolve) => {
    let answer = "";
    const socket = connect({ port, host: "127.0.0.1" }, () => socket.write(text));
    socket.setTimeout(300, () => socket.destroy());
    socket.on("data", (chunk) => (answer += chunk.toString()));
    socket.on("error", () => {});
    socket.on("close", () => resolve(answer));
  });

const opening = (path: string, headers: readonly string[] = []): string =>
  [
    `GET ${path} HTTP/1.1`,
    "Host: class:4173",
    "Connection: Upgrade",
    "Upgrade: websocket",
    ...headers,
    "",
    "",
  ].join("\r\n");

test("a page of the same address is carried through, with the origin that nats-server takes and without its cookies", async () => {
  const port = await start();
  const asked = await ask(
    port,
    opening("/nats", ["Origin: http://class:4173", "Cookie: secret=1", "Sec-WebSocket-Key: abc"]),
  );
  expect(asked).toMatch(
    /^GET \/ HTTP\/1\.1\r\nHost: 127\.0\.0\.1:\d+\r\nOrigin: http:\/\/127\.0\.0\.1:1\r\n/,
  );
  expect(asked).toContain("Sec-WebSocket-Key: abc");
  expect(asked).not.toContain("secret");
});

test("a page of another site is refused, a program that names none is not", async () => {
  const port = await start();
  expect(await ask(port, opening("/nats", ["Origin: http://elsewhere:4173"]))).toContain("403 Forbidden");
  expect(await ask(port, opening("/nats"))).toContain("GET / HTTP/1.1");
});

test("nothing else is carried, and what nats-server does not answer is said", async () => {
  const port = await start();
  expect(await ask(port, opening("/natsx"))).toContain("404 Not Found");
  expect(await ask(port, opening("/"))).toContain("404 Not Found");
  const alone = await start({ withUpstream: false });
  expect(await ask(alone, opening("/nats"))).toContain("502 Bad Gateway");
});

test("more than the most at once are refused, until one of them is gone", async () => {
  const port = await start({ most: 1 });
  const first = connect({ port, host: "127.0.0.1" });
  first.on("error", () => {});
  await new Promise<void>((resolve) => {
    first.once("data", () => resolve());
    first.write(opening("/nats"));
  });
  expect(await ask(port, opening("/nats"))).toContain("503 Service Unavailable");
  await new Promise<void>((resolve) => {
    first.once("close", () => resolve());
    first.destroy();
  });
  await expect.poll(() => ask(port, opening("/nats"))).toContain("GET / HTTP/1.1");
});
