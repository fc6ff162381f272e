import { SERVER_ERRORS } from "../../domain/events/events.ts";
import { decodeReason, type Reason } from "../../domain/events/reasons.ts";
import { describeReason } from "../../domain/narration/describeReason.ts";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { NATS_SERVER_VARIABLE } from "../../../tools/nats/findNatsServer.ts";
import { withTestServer } from "../../../tools/nats/testServer.ts";
import { pickPorts } from "../../../tools/ports.ts";
import type { ConnectionState, ServerAddress } from "../../domain/server/connection.ts";
import type { Connection, ConnectionListener } from "./connect.ts";
import { untilUp } from "./untilUp.ts";
import { prepareRequest } from "../requests/preparedRequest.ts";
import {
  closePeers,
  openPeer,
  openRequester,
  openResponder,
  PLAIN_SETUP,
  type TestPeer,
  until,
} from "../testing.ts";

const NONE: ServerAddress["credentials"] = { kind: "none" };
const lastOf = (peer: TestPeer): ConnectionState | undefined => peer.states.at(-1);
const reasonOf = (peer: TestPeer): string => {
  const state = lastOf(peer);
  return state && "reason" in state ? describeReason(state.reason) : "";
};

const server = withTestServer();
afterEach(closePeers);

describe("a server that goes and comes back", () => {
  it("ends calls in flight and calls made meanwhile as connection lost, and is used again when it is there", async () => {
    const held = await openResponder(server, () => new Promise(() => {}));
    const client = await openRequester(server);
    const call = client.ask("user.get", "{}", 60_000);
    await until("it is delivered", () => held.recorder.of("delivered").length === 1);
    await server.nats.kill();
    expect(await call).toBe("connectionLost");
    expect(await client.ask("user.get")).toBe("connectionLost");
    expect(lastOf(client)?.kind).toBe("reconnecting");
    expect(client.recorder.of("settled")).toHaveLength(1);
    expect(client.recorder.of("attempted")).toHaveLength(1);

    await server.nats.start();
    await until(
      "both are back",
      () => client.connection.live !== null && held.connection.live !== null,
      10_000,
    );
    expect(lastOf(client)?.kind).toBe("connected");
    await until("the responder is subscribed again", () => held.serving.length === 2);
    void client.ask("user.get", "{}", 100);
    await until("a request gets through", () => held.recorder.of("delivered").length === 2);
  });

  it("is waited for when it is not there at first, with words that say so", async () => {
    await server.nats.kill();
    const peer = openPeer("early", server);
    await until("it says why", () => lastOf(peer)?.kind === "reconnecting");
    expect(reasonOf(peer)).toContain(`Nothing answers at ${server.url}`);
    await server.nats.start();
    await until("it is connected", () => lastOf(peer)?.kind === "connected", 10_000);
  });

  it("tells its name, its version and a round trip with fractions of a millisecond", async () => {
    const peer = openPeer("client-1", server);
    await until("it is connected", () => lastOf(peer)?.kind === "connected");
    const state = lastOf(peer);
    expect(state).toMatchObject({ server: { name: "roundtrip", maxPayload: 1048576 } });
    const rttMs = state?.kind === "connected" ? state.rttMs : null;
    expect(rttMs).toBeGreaterThan(0);
    expect(Number.isInteger(rttMs)).toBe(false);
  });

  it("tells a listener that it is up, and no more once that has stopped listening", async () => {
    const peer = openPeer("client-1", server);
    let [ups, downs] = [0, 0];
    const stop = peer.connection.listen({ up: () => void ups++, down: () => void downs++ });
    await until("it is connected", () => ups === 1);
    stop();
    await peer.connection.close();
    expect([ups, downs]).toEqual([1, 0]);
  });

  it("is waited for without a listener that stays, up or not", async () => {
    const { connection } = openPeer("client-1", server);
    let listening = 0;
    const counted = Object.create(connection, {
      listen: {
        value: (listener: ConnectionListener) => {
          listening++;
          const stop = connection.listen(listener);
          return () => {
            listening--;
            stop();
          };
        },
      },
    }) as Connection; // What it has not of its own, it has of the real one.
    await untilUp(counted, 5000);
    expect(connection.live).not.toBeNull();
    await untilUp(counted, 5000);
    await connection.close();
    await untilUp(counted, 1);
    await until("nobody listens", () => listening === 0);
  });

  it("is told a name", async () => {
    const peer = openPeer("client-42", server);
    await until("it is connected", () => lastOf(peer)?.kind === "connected");
    const connz = await (await fetch(`${server.nats.monitoringUrl}/connz`)).text();
    expect(connz).toContain('"client-42"');
  });
});

describe("a server that wants to know who it is", () => {
  const users = `authorization { users: [
    { user: "ann", password: "s3cret", permissions: { publish: { deny: ["forbidden.>"] }, subscribe: { deny: ["closed.>"] } } }
    { user: "deaf", password: "s3cret", permissions: { subscribe: { deny: ["_INBOX.>"] } } }
    { user: "mute", password: "s3cret", permissions: { publish: { deny: ["_INBOX.>"] } } }
  ] }`;
  let guarded: ChildProcess;
  let url: string;
  const as = (credentials: ServerAddress["credentials"]): ServerAddress => ({ url, credentials });
  const user = (name: string, password = "s3cret"): ServerAddress =>
    as({ kind: "user", user: name, password });
  const ann = (password: string): ServerAddress => user("ann", password);

  beforeAll(async () => {
    const [client = 0, webSocket = 0] = await pickPorts(2);
    url = `ws://127.0.0.1:${webSocket}`;
    guarded = await startWith(client, webSocket, users);
  });
  afterAll(() => stop(guarded));

  it("is not asked again and again: credentials are wanted", async () => {
    const nobody = openPeer("nobody", as(NONE));
    const wrong = openPeer("wrong", ann("guess"));
    const token = openPeer("token", as({ kind: "token", token: "guess" }));
    for (const [peer, words] of [
      [nobody, "asks who you are"],
      [wrong, "did not accept this user and password"],
      [token, "did not accept this token"],
    ] as const) {
      await until("it gives up", () => lastOf(peer)?.kind === "failed");
      expect(lastOf(peer)).toMatchObject({ reason: { kind: "loginRefused" } });
      expect(reasonOf(peer)).toContain(words);
      expect(peer.recorder.of("connect")).toHaveLength(1);
    }
  });

  it("lets a known user in, and its password is nowhere in the record", async () => {
    const peer = openPeer("client-1", ann("s3cret"));
    await until("it is connected", () => lastOf(peer)?.kind === "connected");
    expect(JSON.parse(peer.recorder.of("connect")[0]?.payload ?? "")).toMatchObject({
      user: "ann",
      pass: "…",
    });
    expect(JSON.stringify(peer.recorder.events)).not.toContain("s3cret");
  });

  it("refuses what is not permitted, which is not a timeout", async () => {
    const client = await openRequester(ann("s3cret"));
    expect(await Promise.all([client.ask("forbidden.a"), client.ask("forbidden.b")])).toEqual([
      "refused",
      "refused",
    ]);
    expect(client.recorder.of("concluded").map(({ payload }) => decodeReason(payload))).toEqual([
      { kind: "notPermitted", operation: "publish", subject: "forbidden.a", queue: null },
      { kind: "notPermitted", operation: "publish", subject: "forbidden.b", queue: null },
    ]);
    expect(client.recorder.of("err")).toHaveLength(2);
  });

  it("refuses a request whose reply could never be heard, on either kind of inbox, and takes that for no word about the subject", async () => {
    await openResponder(ann("s3cret"), () => "ok");
    const client = await openRequester(user("deaf"));
    const refusals = (): (Reason | null)[] =>
      client.recorder.of("concluded").map(({ payload }) => decodeReason(payload));
    for (const inbox of ["multiplexed", "perRequest"] as const) {
      const request = prepareRequest("user.get", [], 2000, inbox);
      expect((await client.requester.call(request, new Uint8Array(0))).outcome).toBe("refused");
    }
    const denied = { kind: "notPermitted", operation: "subscribe", queue: null } as const;
    expect(refusals()).toEqual([
      { ...denied, subject: expect.stringMatching(/^_INBOX\..*\.\*$/) },
      { ...denied, subject: expect.stringMatching(/^_INBOX\.[^.]+$/) },
    ]);
    // Nothing of them stays behind: nobody listens to the connection on their account.
    const { live } = client.connection;
    if (live === null) throw new Error("it is not connected");
    const status = vi.spyOn(live, "status");
    for (let n = 0; n < 5; n++) expect(await client.ask("user.get")).toBe("refused");
    expect(status).not.toHaveBeenCalled();
  });

  it("tells of which exchange it did not take the reply", async () => {
    const { recorder } = await openResponder(user("mute"), () => "ok");
    const client = await openRequester(ann("s3cret"));
    expect(await client.ask("user.get", "{}", 100)).toBe("timedOut");
    const key = client.recorder.of("attempted")[0]?.exchange;
    expect(recorder.of("answered")[0]?.exchange).toBe(key);
    await until("the server has said so", () => recorder.of("err").length > 0);
    expect(recorder.of("err")[0]).toMatchObject({ exchange: key, code: SERVER_ERRORS.indexOf("publish") });
  });

  it("says why a responder is not subscribed, until it has a subject that is permitted", async () => {
    const { responder, serving } = await openResponder(ann("s3cret"), () => "ok", { subject: "closed.door" });
    expect(serving.at(-1)).toEqual({
      kind: "notPermitted",
      operation: "subscribe",
      subject: "closed.door",
      queue: "users",
    });
    responder.serve({ ...PLAIN_SETUP, subject: "open.door" });
    await until("it is subscribed", () => serving.at(-1) === null);
  });

  it("gives up when it is not let in any more after a reconnect", async () => {
    const [client = 0, webSocket = 0] = await pickPorts(2);
    const address: ServerAddress = {
      url: `ws://127.0.0.1:${webSocket}`,
      credentials: { kind: "user", user: "ann", password: "s3cret" },
    };
    const before = await startWith(client, webSocket, users);
    const peer = openPeer("client-1", address);
    await until("it is connected", () => lastOf(peer)?.kind === "connected");
    await stop(before);
    const after = await startWith(client, webSocket, users.replace("s3cret", "changed"));
    try {
      await until("it gives up", () => lastOf(peer)?.kind === "failed", 10_000);
      expect(lastOf(peer)).toMatchObject({ reason: { kind: "loginRefused" } });
    } finally {
      await stop(after);
    }
  });
});

describe("something that is no server for this page", () => {
  it("is told apart: an origin that is not allowed, TLS where there is none, no nats-server, no address", async () => {
    Object.assign(globalThis, {
      WebSocket: class extends WebSocket {
        constructor(url: string) {
          super(url, { headers: { Origin: "http://elsewhere.example" } });
        }
      },
    });
    const foreign = openPeer("foreign", server);
    await until("it says why", () => reasonOf(foreign) !== "");
    Object.assign(globalThis, { WebSocket });
    expect(reasonOf(foreign)).toContain("allowed_origins");

    const secure = openPeer("secure", { url: server.url.replace("ws:", "wss:"), credentials: NONE });
    await until("it says why", () => reasonOf(secure) !== "");
    expect(reasonOf(secure)).toContain("Write ws:// instead of wss://");

    const http = createServer((_, response) => response.end("hello")).listen(0, "127.0.0.1");
    const chat = new WebSocketServer({ server: http });
    chat.on("connection", (socket) => socket.send("HELLO there\r\n"));
    await once(http, "listening");
    const { port } = http.address() as AddressInfo; // Listening on a port, not a pipe.
    const other = openPeer("other", { url: `ws://127.0.0.1:${port}`, credentials: NONE });
    await until("it says why", () => reasonOf(other) !== "");
    expect(reasonOf(other)).toContain("takes WebSockets but is not a nats-server");
    await other.connection.close();
    chat.close();
    http.close();

    const nowhere = openPeer("nowhere", { url: "ws://", credentials: NONE });
    await until("it says why", () => lastOf(nowhere)?.kind === "failed");
    expect(reasonOf(nowhere)).toContain("ws://host:port");
  });
});

async function startWith(client: number, webSocket: number, extra: string): Promise<ChildProcess> {
  const folder = await mkdtemp(join(tmpdir(), "roundtrip-test-"));
  const file = join(folder, "nats-server.conf");
  await writeFile(
    file,
    `host: "127.0.0.1"\nport: ${client}\nwebsocket {\n host: "127.0.0.1"\n port: ${webSocket}\n no_tls: true\n}\n${extra}\n`,
  );
  const child = spawn(process.env[NATS_SERVER_VARIABLE] ?? "", ["-c", file], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let log = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (log += text));
  await until("nats-server is ready", () => log.includes("Server is ready"), 10_000);
  // It has read what is in it.
  await rm(folder, { recursive: true });
  return child;
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}
