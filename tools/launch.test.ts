import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { isAlive } from "./nats/serverForTests.ts";
import { ROOT } from "./paths.ts";
import { pickPorts } from "./ports.ts";

// `npm run dev` and `npm start` differ in what serves the page only; this one needs no build.
const PATIENCE = { timeout: 30_000 };
const onWindows = process.platform === "win32";

interface Started {
  readonly process: ChildProcess;
  readonly url: string;
  readonly natsPid: number;
  readonly output: () => string;
  readonly control: (path?: string) => Promise<{ readonly state: string; readonly pid: number | null }>;
}

let running: ChildProcess | undefined;
afterEach(() => running?.kill("SIGKILL"));

function launch(env: Record<string, string>): {
  readonly process: ChildProcess;
  readonly output: () => string;
} {
  let output = "";
  const child = spawn(process.execPath, ["--import", "tsx", "tools/dev.ts"], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NODE_ENV: "development", ...env },
  });
  running = child;
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  }
  return { process: child, output: () => output };
}

async function launched(): Promise<Started> {
  const [page = 0, client = 0, ws = 0, monitor = 0] = await pickPorts(4);
  const { process: child, output } = launch({
    ROUNDTRIP_PORT: String(page),
    ROUNDTRIP_CLIENT_PORT: String(client),
    ROUNDTRIP_WS_PORT: String(ws),
    ROUNDTRIP_MONITOR_PORT: String(monitor),
  });
  const url = `http://127.0.0.1:${page}/`;
  await vi.waitFor(() => expect(output()).toContain(`Open ${url}`), PATIENCE);
  const control = async (path = ""): Promise<{ state: string; pid: number | null }> => {
    const answer = await fetch(`${url}control/server${path}`, {
      method: path === "" ? "GET" : "POST",
      headers: { "X-Roundtrip": "1", Origin: `http://127.0.0.1:${page}` },
    });
    return answer.json();
  };
  const { pid } = await control();
  if (pid === null) throw new Error("nats-server does not run");
  return { process: child, url, natsPid: pid, output, control };
}

test.skipIf(onWindows).each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
  "%s ends both",
  PATIENCE,
  async (signal) => {
    const { process: child, natsPid } = await launched();
    const exited = once(child, "exit");
    child.kill(signal);
    expect(await exited).toEqual([0, null]);
    expect(isAlive(natsPid)).toBe(false);
  },
);

test.skipIf(onWindows)("SIGKILL leaves no nats-server behind", PATIENCE, async () => {
  const { process: child, natsPid } = await launched();
  child.kill("SIGKILL");
  await vi.waitFor(() => expect(isAlive(natsPid)).toBe(false), { timeout: 8000 });
});

test.skipIf(process.platform !== "linux")(
  "npm killed with SIGKILL leaves nothing behind",
  PATIENCE,
  async () => {
    // As npm runs it: through a shell, which outlives npm.
    const [page = 0, client = 0, ws = 0, monitor = 0] = await pickPorts(4);
    const flags = `--port ${page} --client-port ${client} --ws-port ${ws} --monitor-port ${monitor}`;
    const npm = spawn("sh", ["-c", `(node --import tsx tools/dev.ts ${flags}; true) & wait`], {
      cwd: ROOT,
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, NODE_ENV: "development", npm_lifecycle_event: "dev" },
    });
    running = npm;
    let output = "";
    npm.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
    await vi.waitFor(() => expect(output).toContain("Open "), PATIENCE);
    npm.kill("SIGKILL");
    for (const port of [page, monitor]) {
      await vi.waitFor(() => expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow("fetch failed"), {
        timeout: 8000,
      });
    }
  },
);

/** Sends a request as it is written, and gives what comes back until the server closes. */
function send(url: string, ...head: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = "";
    const socket = connect(Number(new URL(url).port), "127.0.0.1", () =>
      socket.write(`${head.join("\r\n")}\r\nHost: 127.0.0.1\r\n\r\n`),
    );
    socket.setEncoding("utf8").on("data", (text: string) => (answer += text));
    socket.on("error", reject).on("close", () => resolve(answer));
  });
}

test("no request ends it, nor a wish for a connection that is not for it", PATIENCE, async () => {
  const { url, output } = await launched();
  for (const path of ["//", "http://[", "/%00", "/@fs/%00", "/src/main.tsx?import&t=%", "/%ff"])
    expect(await send(url, `GET ${path} HTTP/1.1`, "Connection: close")).toMatch(/^HTTP\/1\.1 [24]\d\d /);
  const upgrade = ["Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Protocol: vite-hmr"];
  for (const path of ["/other", ":99999", "http://[:99999", "/%ff"])
    expect(await send(url, `GET ${path} HTTP/1.1`, ...upgrade)).toMatch(/^HTTP\/1\.1 400 /);
  expect(output()).not.toContain("A fault in this program");
  expect((await fetch(url)).status).toBe(200);
});

test(
  "a nats-server that dies is told in the terminal; the page stays and can start it again",
  PATIENCE,
  async () => {
    const { natsPid, url, output, control } = await launched();
    process.kill(natsPid, "SIGKILL");
    await vi.waitFor(() => expect(output()).toContain("nats-server is gone"), { timeout: 8000 });
    expect(output()).toContain("Server is ready");
    expect((await fetch(url)).status).toBe(200);
    expect(await control()).toMatchObject({ state: "stopped", pid: null });
    const again = await control("/start");
    expect(again.state).toBe("running");
    expect(again.pid).not.toBe(natsPid);
  },
);

test("a port that was named and is taken is an error that names it", PATIENCE, async () => {
  const [taken = 0] = await pickPorts(1);
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(taken, "127.0.0.1", resolve));
  const { process: child, output } = launch({ ROUNDTRIP_WS_PORT: String(taken) });
  expect((await once(child, "exit"))[0]).toBe(1);
  expect(output()).toContain(`Port ${taken} for nats-server's WebSocket (ROUNDTRIP_WS_PORT) is taken.`);
  await new Promise((resolve) => other.close(resolve));
});
