import { request } from "node:http";
import { connect } from "nats";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pickPorts } from "../ports.ts";
import { serverForTests } from "../nats/serverForTests.ts";
import type { NatsServer } from "../nats/natsServer.ts";
import { startAppServer, type AppServer } from "./appServer.ts";

let nats: NatsServer;
let app: AppServer;
let own: string;

beforeAll(async () => {
  nats = await serverForTests();
  await nats.start();
  const [port = 0] = await pickPorts(1);
  app = await startAppServer({
    port,
    mode: "built",
    content:
      () =>
      (_request, response, next, { path }) => {
        if (path !== "/") return next();
        response.end("the page");
      },
    webSocketUrl: nats.webSocketUrl,
    monitoringUrl: nats.monitoringUrl,
    clientUrl: nats.clientUrl,
    natsServer: { server: nats, version: "2.0.0" },
    framers: ["https://course.example"],
  });
  own = app.url.replace(/\/$/, "");
}, 60_000);
afterAll(async () => {
  await app.close();
  await nats.stop();
});

interface Answer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

/** `fetch` does not let a program say another Host or Origin. */
function ask(method: string, path: string, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(`${own}${path}`, { method, headers }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (text: string) => (body += text));
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      );
    });
    asked.on("error", reject).end();
  });
}

test("every answer isolates the page and carries its policy, the ones to errors too", async () => {
  for (const path of ["/", "/roundtrip.json", "/monitoring/varz", "/control/server", "/nothing"]) {
    const { headers } = await ask("GET", path);
    expect(headers["cross-origin-opener-policy"]).toBe("same-origin");
    expect(headers["cross-origin-embedder-policy"]).toBe("credentialless");
    expect(headers["content-security-policy"]).toMatch(
      /^default-src 'self'; script-src 'self'(?: 'sha256-[^' ]+')*;/,
    );
    expect(headers["x-content-type-options"]).toBe("nosniff");
  }
});

test("the page is told where its server is", async () => {
  const { body } = await ask("GET", "/roundtrip.json");
  expect(JSON.parse(body)).toEqual({
    server: nats.webSocketUrl,
    monitoring: "./monitoring",
    client: nats.clientUrl,
    control: "./control/server",
    comparison: "./comparison",
    framers: ["https://course.example"],
    class: null,
  });
  expect((await ask("GET", "/?embed")).headers["content-security-policy"]).toContain(
    "frame-ancestors https://course.example;",
  );
});

test("monitoring is passed on with its query, as JSON whatever is asked", async () => {
  const { status, headers, body } = await ask("GET", "/monitoring/connz?limit=7&callback=steal");
  expect(status).toBe(200);
  expect(headers["content-type"]).toBe("application/json");
  expect(JSON.parse(body)).toMatchObject({ limit: 7, connections: [] });
});

test.each([
  ["POST", "/monitoring/varz", {}, 405],
  ["GET", "/monitoring/stacksz", {}, 404],
  ["GET", "/monitoring/../stacksz", {}, 404],
  ["GET", "/monitoring/varz/../stacksz", {}, 404],
  ["GET", "/monitoring/", {}, 404],
  ["GET", "/monitoring/varz", { Host: "example.org" }, 403],
  ["GET", "/nothing", {}, 404],
])("%s %s %j is answered %i", async (method, path, headers, status) => {
  expect((await ask(method, path, headers)).status).toBe(status);
});

test("one handler is offered over HTTP and over NATS, and what crossed HTTP is counted", async () => {
  const begun = await ask("POST", "/comparison");
  expect(JSON.parse(begun.body)).toEqual({ subject: "comparison.user.get" });
  const http = await fetch(`${own}/comparison/user.get`, { method: "POST", body: '{"user_id":7}' });
  expect(http.headers.get("content-security-policy")).toBeNull();
  expect(Number(http.headers.get("x-served"))).toBeGreaterThan(0);
  const program = await connect({ servers: nats.clientUrl });
  const reply = await program.request("comparison.user.get", new TextEncoder().encode('{"user_id":7}'));
  expect(await http.text()).toBe(reply.string());
  for (let index = 0; index < 3; index++) {
    const closing = await fetch(`${own}/comparison/user.get?connection=new`, { method: "POST", body: "{" });
    expect(closing.headers.get("connection")).toBe("close");
    expect(await closing.json()).toHaveProperty("error");
  }
  const { kept, new: anew } = JSON.parse((await ask("GET", "/comparison")).body);
  expect(kept.requests).toBe(1);
  expect(anew.requests).toBe(3);
  expect(anew.connections).toBeGreaterThanOrEqual(2);
  expect(anew.bytesOut).toBeGreaterThan(300);
  expect((await ask("DELETE", "/comparison")).status).toBe(200);
  // nats-server hears of the end a moment after the answer.
  const asked = (): Promise<string> =>
    program.request("comparison.user.get", "", { timeout: 500 }).then(
      () => "replied",
      ({ code }: { readonly code: string }) => code,
    );
  await expect.poll(asked, { timeout: 10_000 }).toBe("503");
  await program.close();
});

test("what is too long is answered with an error, over NATS and over HTTP", async () => {
  await ask("POST", "/comparison");
  const program = await connect({ servers: nats.clientUrl });
  const long = JSON.stringify({ user_id: "x".repeat(900_000) });
  const overNats = await program.request("comparison.user.get", new TextEncoder().encode(long));
  expect(overNats.json()).toHaveProperty("error");
  const overHttp = await fetch(`${own}/comparison/user.get`, { method: "POST", body: long });
  expect(overHttp.status).toBe(413);
  expect(await overHttp.json()).toHaveProperty("error");
  await program.close();
  await ask("DELETE", "/comparison");
});

test("a reply that is larger than the server takes is answered with an error", async () => {
  const strict = await serverForTests(undefined, "max_payload: 2048");
  await strict.start();
  const [port = 0] = await pickPorts(1);
  const beside = await startAppServer({
    port,
    mode: "built",
    content: () => (_request, _response, next) => next(),
    webSocketUrl: strict.webSocketUrl,
    monitoringUrl: null,
    clientUrl: strict.clientUrl,
    natsServer: null,
  });
  try {
    await fetch(`${beside.url}comparison`, { method: "POST" });
    const program = await connect({ servers: strict.clientUrl });
    const asked = new TextEncoder().encode(JSON.stringify({ user_id: "x".repeat(1500) }));
    const reply = await program.request("comparison.user.get", asked);
    expect(reply.json()).toEqual({ error: "The reply could not be sent." });
    await program.close();
  } finally {
    await beside.close();
    await strict.stop();
  }
});

test("pages that begin at the same time share one connection, and the last word is that nobody compares", async () => {
  await Promise.all(Array.from({ length: 5 }, () => ask("POST", "/comparison")));
  const { body } = await ask("GET", "/monitoring/connz");
  expect(body.match(/"comparison-server"/g)).toHaveLength(1);
  await Promise.all([ask("POST", "/comparison"), ask("DELETE", "/comparison")]);
  await ask("DELETE", "/comparison");
  // The connection has ended here; nats-server says so as soon as it knows.
  await expect
    .poll(async () => (await ask("GET", "/monitoring/connz")).body)
    .not.toContain("comparison-server");
});

test("a page elsewhere may not have it compare", async () => {
  for (const headers of [{ "Sec-Fetch-Site": "cross-site" }, { Host: "example.org" }]) {
    expect((await ask("POST", "/comparison", headers)).status).toBe(403);
  }
});

const OWN = { "X-Roundtrip": "1" };

test.each([
  ["without the header", () => ({ Origin: own })],
  ["without saying where it comes from", () => OWN],
  ["from a page elsewhere", () => ({ ...OWN, Origin: "http://example.org" })],
  ["from another port of this machine", () => ({ ...OWN, Origin: "http://127.0.0.1:1" })],
  ["from a sandboxed frame", () => ({ ...OWN, Origin: "null" })],
  ["from another site, by the browser's word", () => ({ ...OWN, "Sec-Fetch-Site": "cross-site" })],
  ["from another port, by the browser's word", () => ({ ...OWN, "Sec-Fetch-Site": "same-site" })],
  ["addressed to another host", () => ({ ...OWN, Host: "example.org", Origin: "http://example.org" })],
])("the server's control refuses what comes %s", async (_words, headers) => {
  const pid = nats.pid;
  for (const [method, path] of [
    ["GET", "/control/server"],
    ["POST", "/control/server/kill"],
  ] as const) {
    expect((await ask(method, path, headers())).status).toBe(403);
  }
  expect(nats.pid).toBe(pid);
});

test("the page can end its server and start it again", async () => {
  const headers = { ...OWN, Origin: own };
  const status = async (method: string, path: string): Promise<unknown> =>
    JSON.parse((await ask(method, path, headers)).body);
  expect(await status("GET", "/control/server")).toMatchObject({
    state: "running",
    pid: nats.pid,
    version: "2.0.0",
  });
  for (const how of ["kill", "stop"]) {
    expect(await status("POST", `/control/server/${how}`)).toMatchObject({ state: "stopped", pid: null });
    expect((await ask("GET", "/monitoring/varz")).status).toBe(502);
    expect(await status("POST", "/control/server/start")).toMatchObject({ state: "running", pid: nats.pid });
  }
  expect((await ask("GET", "/control/server/kill", headers)).status).toBe(405);
  for (const name of ["explode", "constructor", "__proto__", "toString", "hasOwnProperty"])
    expect((await ask("POST", `/control/server/${name}`, headers)).status).toBe(404);
});
