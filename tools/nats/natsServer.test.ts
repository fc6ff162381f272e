import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { request } from "node:http";
import { fileURLToPath } from "node:url";
import { connect } from "nats";
import { afterEach, expect, test, vi } from "vitest";
import { ROOT } from "../paths.ts";
import { run } from "../run.ts";
import { createNatsServer, type NatsServer, type NatsServerExit } from "./natsServer.ts";
import { isAlive, serverForTests } from "./serverForTests.ts";

const onWindows = process.platform === "win32";
let server: NatsServer | undefined;
afterEach(() => server?.stop());

function pidOf({ pid }: NatsServer): number {
  if (pid === null) throw new Error("nats-server does not run");
  return pid;
}

test("it starts with the project's configuration, on loopback only, and stops", async () => {
  server = await serverForTests();
  await server.start();
  const pid = pidOf(server);
  const varz = await fetch(`${server.monitoringUrl}/varz`).then((answer) => answer.json());
  expect(varz).toMatchObject({
    server_name: "roundtrip",
    host: "127.0.0.1",
    http_host: "127.0.0.1",
    websocket: { host: "127.0.0.1", port: server.ports.webSocket, no_tls: true },
  });
  await server.stop();
  expect(isAlive(pid)).toBe(false);
  expect(server).toMatchObject({ state: "stopped", pid: null, lastExit: { expected: true } });
});

test("its monitoring, which every web page may read, answers nowhere that one could guess", async () => {
  server = await serverForTests();
  const another = await serverForTests();
  expect(new URL(server.monitoringUrl).pathname).not.toBe(new URL(another.monitoringUrl).pathname);
  await server.start();
  const { origin } = new URL(server.monitoringUrl);
  const ways = ["/", "/varz", "/connz", "/healthz", "/subsz", "/debug/vars", "/roundtrip/varz", "//varz"];
  for (const way of ways) {
    const answer = await fetch(`${origin}${way}`);
    expect(answer.status).toBe(404);
    expect(await answer.text()).not.toContain(new URL(server.monitoringUrl).pathname);
  }
  expect((await fetch(`${server.monitoringUrl}/varz`)).status).toBe(200);
  expect(server.log.join("\n")).not.toContain(new URL(server.monitoringUrl).pathname);
});

test("its WebSocket takes the page's own origins and no other", async () => {
  server = await serverForTests();
  await server.start();
  const { webSocket } = server.ports;
  const statusFor = async (origin: string): Promise<number> => {
    const asked = request({
      port: webSocket,
      host: "127.0.0.1",
      headers: {
        Origin: origin,
        Connection: "Upgrade",
        Upgrade: "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
      },
    });
    asked.end();
    return new Promise((resolve, reject) => {
      asked.on("response", (response) => resolve(response.statusCode ?? 0));
      asked.on("upgrade", (_response, socket) => {
        socket.destroy();
        resolve(101);
      });
      asked.on("error", reject);
    });
  };
  expect(await statusFor("http://127.0.0.1:4173")).toBe(101);
  expect(await statusFor("http://localhost:4173")).toBe(101);
  expect(await statusFor("http://example.org")).toBe(403);
  expect(await statusFor("http://localhost:1")).toBe(403);
});

test("killed and started again, it is on the same ports", async () => {
  const exits: NatsServerExit[] = [];
  server = await serverForTests((exit) => exits.push(exit));
  await server.start();
  const first = pidOf(server);
  await server.kill();
  expect(isAlive(first)).toBe(false);
  await server.start();
  const connection = await connect({ servers: server.clientUrl });
  expect(connection.info?.server_name).toBe("roundtrip");
  await connection.close();
  expect(exits).toEqual([expect.objectContaining({ expected: true })]);
});

test("asked to start twice, or while it ends, it starts once, and both wait until it runs", async () => {
  const exits: NatsServerExit[] = [];
  server = await serverForTests((exit) => exits.push(exit));
  await Promise.all([server.start(), server.start()]);
  const first = pidOf(server);
  const stopped = server.stop();
  await Promise.all([server.start(), server.start()]);
  await stopped;
  expect(server.state).toBe("running");
  expect(pidOf(server)).not.toBe(first);
  expect(exits).toEqual([expect.objectContaining({ expected: true })]);
});

test("a crash of its own is told as one, with the end of its log at hand", async () => {
  const onExit = vi.fn<(exit: NatsServerExit) => void>();
  server = await serverForTests(onExit);
  await server.start();
  process.kill(pidOf(server), "SIGKILL");
  await vi.waitFor(() => expect(onExit).toHaveBeenCalled());
  expect(onExit.mock.calls[0]?.[0].expected).toBe(false);
  expect(server.state).toBe("stopped");
  expect(server.log.join("\n")).toContain("Server is ready");
});

test("a port that is taken is an error with nats-server's own words", async () => {
  server = await serverForTests();
  await server.start();
  const second = createNatsServer({
    binary: process.env["ROUNDTRIP_NATS_SERVER"] ?? "",
    ports: server.ports,
    origins: [],
  });
  await expect(second.start()).rejects.toThrow(/did not start[^]*address already in use|Only one usage/);
});

test("a program that is not there is an error", async () => {
  const none = createNatsServer({
    binary: "/no/such/nats-server",
    ports: { client: 1, webSocket: 2, monitoring: 3 },
    origins: [],
  });
  await expect(none.start()).rejects.toThrow("ENOENT");
});

test.skipIf(onWindows)("when its supervisor is killed it is ended too", async () => {
  server = await serverForTests();
  await server.start();
  const pid = pidOf(server);
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => null);
  const parent = Number(/^PPid:\s+(\d+)/m.exec(status ?? "")?.[1] ?? (await parentByPs(pid)));
  process.kill(parent, "SIGKILL");
  await vi.waitFor(() => expect(isAlive(pid)).toBe(false), 5000);
});

test.skipIf(onWindows)("when the process that started it is killed, nothing is left behind", async () => {
  const script = `
    import { serverForTests } from ${JSON.stringify(fileURLToPath(new URL("./serverForTests.ts", import.meta.url)))};
    const server = await serverForTests();
    await server.start();
    console.log(server.pid);
  `;
  const parent = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(parent.stdout.setEncoding("utf8"), "data");
  const pid = Number(line);
  expect(isAlive(pid)).toBe(true);
  parent.kill("SIGKILL");
  await vi.waitFor(() => expect(isAlive(pid)).toBe(false), 8000);
});

async function parentByPs(pid: number): Promise<string> {
  return (await run("ps", ["-o", "ppid=", "-p", String(pid)], { timeoutMs: 5000 })).stdout.trim();
}
