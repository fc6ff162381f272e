import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { NatsServer } from "../nats/natsServer.ts";
import { serverForTests } from "../nats/serverForTests.ts";
import { pickPorts } from "../ports.ts";
import { startAppServer, type AppServer } from "./appServer.ts";
import { builtPage } from "./builtPage.ts";

let folder: string;
let nats: NatsServer;
let app: AppServer;
let port: number;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "roundtrip-page-"));
  await writeFile(join(folder, "index.html"), "the page");
  await writeFile(join(folder, "sandbox.html"), "the sandbox");
  nats = await serverForTests();
  await nats.start();
  [port = 0] = await pickPorts(1);
  app = await startAppServer({
    port,
    mode: "built",
    content: () => builtPage(folder),
    webSocketUrl: nats.webSocketUrl,
    monitoringUrl: nats.monitoringUrl,
    clientUrl: nats.clientUrl,
    natsServer: { server: nats, version: "2.0.0" },
  });
}, 60_000);
afterAll(async () => {
  await app.close();
  await nats.stop();
  await rm(folder, { recursive: true, force: true });
});

/**
 * Ends whatever was left open: line ends, which are skipped between requests, make a head or a body whole; then a request after which
 * the server closes. A client that closed first would be given no answer.
 */
const CLOSING = `${"\r\n".repeat(1500)}GET /nothing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`;

const PATIENCE_MS = 5000;

/** Sends the bytes as they are, and gives all that comes back until the server closes. */
function send(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(text, "latin1"));
    socket.setTimeout(PATIENCE_MS, () => socket.destroy(new Error(`No answer: ${JSON.stringify(text)}`)));
    socket.setEncoding("latin1").on("data", (piece: string) => (answer += piece));
    // The server may close before it has read all of a request that it refuses.
    socket.on("error", (error) => (answer === "" ? reject(error) : resolve(answer)));
    socket.on("close", () => resolve(answer));
  });
}

/** Sends the bytes and is gone. */
function sendAndLeave(text: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.write(text, "latin1");
      socket.resetAndDestroy();
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve());
  });
}

const ANSWERED = /^HTTP\/1\.1 [1-5]\d\d /;
const simple = (line: string): string => `${line}\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`;

test.each([
  ["GET // HTTP/1.1", /^(200|404)/],
  ["GET //evil.example:99999/ HTTP/1.1", /^404/],
  ["GET http://[ HTTP/1.1", /^(200|400)/],
  ["GET http://127.0.0.1/roundtrip.json HTTP/1.1", /^200/],
  ["GET /%ff HTTP/1.1", /^400/],
  ["GET /monitoring/%E0%A4%A HTTP/1.1", /^400/],
  ["OPTIONS * HTTP/1.1", /^400/],
  ["CONNECT evil.example:443 HTTP/1.1", /^405/],
  ["GET /?a HTTP/9.9", /^400/],
  ["SPLAT / HTTP/1.1", /^400/],
])("%s has an answer", async (line, status) => {
  const answer = await send(simple(line));
  expect(answer).toMatch(ANSWERED);
  expect(answer.slice("HTTP/1.1 ".length)).toMatch(status);
});

test.each(["bytes=9-3", "bytes=-1", "bytes=0-0,2-3", "bytes=99999-", "lines=1"])(
  "a part of a file, %s, is answered with the whole",
  async (range) => {
    const answer = await send(
      simple("GET /sandbox.html HTTP/1.1").replace("\r\n\r\n", `\r\nRange: ${range}\r\n\r\n`),
    );
    expect(answer).toMatch(/^HTTP\/1\.1 200 [^]*the sandbox$/);
  },
);

test("a page that was built anew while it was served is the new one", async () => {
  await writeFile(join(folder, "index.html"), "the page, which is longer now");
  expect(await send(simple("GET / HTTP/1.1"))).toMatch(/the page, which is longer now$/);
  await rm(join(folder, "sandbox.html"));
  expect(await send(simple("GET /sandbox.html HTTP/1.1"))).toMatch(/^HTTP\/1\.1 404 /);
});

const lines = (text: string): string[] => text.trim().split("\n");

/** What this server knows is among them, so that they get far. */
const PIECES = [
  ...lines(
    `/\n//\n///\n?\n#\n%\n%ff\n%00\n%2e%2e\n..\n.\n\\\n[\n]\n@\n:\n*\nhttp://\nhttps://[\n127.0.0.1\nuser:pw@`,
  ),
  ...lines(`index.html\nsandbox.html\nroundtrip.json\nmonitoring/\nvarz\nconnz\ncallback=x\nembed\nassets/`),
  ...lines(`control/server\n/kill\n/__proto__\nconstructor\ncomparison\n/user.get\nconnection=new`),
  "\u00e9",
  "\u0001",
  " ",
  "\t",
  "a".repeat(3000),
];
const METHODS = lines(`GET\nPOST\nHEAD\nDELETE\nOPTIONS\nPUT\nPATCH\nTRACE\nPROPFIND\nCONNECT`);
const ODD_METHODS = ["M-SEARCH", "PRI", "get", "G\0T", "", "\r\n\r\nGET"];
const HEADERS = lines(`
Host: localhost
Host: evil.example
Host:
Expect: 100-continue
Expect: x
Upgrade: websocket
Connection: Upgrade
Upgrade: h2c
Sec-WebSocket-Key: x
Range: bytes=9-3
If-None-Match: *
Accept-Encoding: \u00ff
Content-Length: 3
Content-Length: -1
Content-Length: 1e3
Content-Length: 99
Transfer-Encoding: chunked
Transfer-Encoding: x, chunked
Sec-Fetch-Site: none
Origin: null
X-Roundtrip: 1
: nothing
no colon
 folded`);
const VERSIONS = [" HTTP/1.1", " HTTP/1.1", " HTTP/1.1", " HTTP/1.0", " HTTP/2.0", "", " ICY"];
const BODIES = ["", "", "abc", '{"user_id":7}', "5\r\nabcde\r\n0\r\n\r\n", "zz\r\n", "\0".repeat(2000)];

const from = (among: readonly string[]) => fc.constantFrom(...among);
const pieces = (most: number) => fc.array(from(PIECES), { maxLength: most }).map((some) => some.join(""));
const large = fc.integer({ min: 1, max: 40 }).map((kilobytes) => `X-Large: ${"a".repeat(kilobytes * 1000)}`);

/** Requests that are wrong in one place or in many. */
const request = fc
  .record({
    method: fc.oneof({ weight: 8, arbitrary: from(METHODS) }, { weight: 1, arbitrary: from(ODD_METHODS) }),
    target: fc.oneof(
      { weight: 6, arbitrary: pieces(6).map((text) => `/${text}`) },
      { weight: 2, arbitrary: pieces(5) },
      { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 40 }) },
    ),
    version: from(VERSIONS),
    headers: fc.array(fc.oneof({ weight: 20, arbitrary: from(HEADERS) }, { weight: 1, arbitrary: large }), {
      maxLength: 5,
    }),
    ends: from(["\r\n\r\n", "\r\n\r\n", "\r\n\r\n", "\n\n", "\r\n", ""]),
    body: from(BODIES),
  })
  .map(({ method, target, version, headers, ends, body }) => {
    const head = [`${method} ${target}${version}`, "Host: 127.0.0.1", ...headers].join("\r\n");
    return head + ends + body;
  });

test("whatever is sent, it is answered, and what is sent by somebody who leaves ends nothing", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(request, { minLength: 40, maxLength: 60 }), async (requests) => {
      const answers = await Promise.all(requests.map((sent) => send(sent + CLOSING)));
      for (const [at, answer] of answers.entries()) expect(answer, requests[at]).toMatch(ANSWERED);
      await Promise.all(requests.slice(0, 10).map(sendAndLeave));
    }),
    { numRuns: 50, endOnFailure: true },
  );
  expect(await send(simple("GET /roundtrip.json HTTP/1.1"))).toMatch(/^HTTP\/1\.1 200 /);
});
