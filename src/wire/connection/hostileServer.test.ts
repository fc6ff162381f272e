import fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { ServerAddress } from "../../domain/server/connection.ts";
import { closePeers, createRecorder, openPeer, until } from "../testing.ts";
import { ReplyMemory } from "./replyMemory.ts";
import { createTap } from "./tap.ts";
import type { ByteSocket } from "./tappedSocket.ts";
import { encodeText } from "./text.ts";

const GREETING = 'INFO {"version":"2.10.0"}\r\n';

/** What a server may send, whole and well-formed. */
const message = fc
  .tuple(fc.constantFrom("a.b", "_INBOX.x.1", "user.get"), fc.nat(9), fc.string({ maxLength: 20 }))
  .map(([subject, sid, text]) => {
    const size = encodeText(text).length;
    return `MSG ${subject} ${sid} ${size}\r\n${text}\r\n`;
  });
const line = fc.oneof(
  message,
  fc.constantFrom(
    "PING\r\n",
    "PONG\r\n",
    "+OK\r\n",
    GREETING,
    "-ERR 'Stale Connection'\r\n",
    `-ERR 'Permissions Violation for Publish to "a.b"'\r\n`,
    "HMSG a.b 1 16 16\r\nNATS/1.0 503\r\n\r\n\r\n",
  ),
);

/** What no server should send: wrong lengths, cut JSON, verbs of clients, other protocols, noise. */
const hostile = fc.oneof(
  line,
  fc.constantFrom(
    "MSG a.b 1 5\r\nhello there\r\n",
    "MSG a.b 1 500\r\nhello\r\n",
    "MSG a.b x 2\r\nhi\r\n",
    "MSG a.b 1 r s t 2\r\nhi\r\n",
    "MSG a.b 1 99999999999\r\n",
    "HMSG a.b 1 30 16\r\nNATS/1.0 503\r\n\r\n\r\n",
    "INFO {bad\r\n",
    "INFO {}\r\n",
    'INFO {"version":"x"}\r\n',
    "INFO null\r\n",
    "INFO\r\n",
    "PUB a.b 2\r\nhi\r\n",
    "SUB a.b 1\r\n",
    'CONNECT {"verbose":true}\r\n',
    "HTTP/1.1 400 Bad Request\r\n\r\n",
    "\r\n\r\n",
    "-ERR\r\n",
    "-ERR 'Permissions Violation for Publish to \"\\\"'\r\n",
    "MSG \u0000 1 0\r\n\r\n",
  ),
  fc.string({ unit: "binary", maxLength: 40 }),
);

/** A stream that begins as a server does, mostly, split anywhere. */
const stream = fc
  .record({
    greets: fc.boolean(),
    said: fc.array(hostile, { maxLength: 8 }),
    noise: fc.uint8Array({ maxLength: 12 }),
    cuts: fc.array(fc.nat(400), { maxLength: 6 }),
  })
  .map(({ greets, said, noise, cuts }) => {
    const text = encodeText(`${greets ? GREETING : ""}${said.join("")}`);
    const whole = new Uint8Array([...text, ...noise]);
    const at = [0, ...cuts.map((cut) => Math.min(cut, whole.length)), whole.length].toSorted((a, b) => a - b);
    return at.slice(1).map((end, n) => whole.slice(at[n], end));
  });

describe("a tap on whatever a server sends", () => {
  it("never throws, says once that it cannot be read, and passes nothing on and records nothing after that", () => {
    fc.assert(
      fc.property(stream, (chunks) => {
        const recorder = createRecorder();
        const broken: (string | null)[] = [];
        const tap = createTap({
          sink: recorder,
          memory: new ReplyMemory(),
          subscribers: new Map([[1, () => {}]]),
          onRoundTrip: () => {},
          onServerError: () => {},
          onBroken: (what) => void broken.push(what),
        });
        for (const [at, chunk] of chunks.entries()) {
          const wasBroken = broken.length > 0;
          const before = recorder.events.length;
          const rest = tap.incoming(chunk, at);
          if (broken.length > 0) expect(rest).toBeNull();
          if (wasBroken) expect(recorder.events).toHaveLength(before);
        }
        expect(broken.length).toBeLessThanOrEqual(1);
        expect(recorder.of("log")).toEqual([]);
      }),
      { numRuns: 4000 },
    );
  });
});

/** A server on no network: greets, answers a PING, then sends what it is told to. Only its first socket is hostile. */
class FakeSocket implements ByteSocket {
  static said = new Map<string, Uint8Array<ArrayBuffer>[]>();
  static opened = new Map<string, number>();
  binaryType = "arraybuffer";
  readyState = 0;
  bufferedAmount = 0;
  onopen: ByteSocket["onopen"] = null;
  onmessage: ByteSocket["onmessage"] = null;
  onerror: ByteSocket["onerror"] = null;
  onclose: ByteSocket["onclose"] = null;
  #said: Uint8Array<ArrayBuffer>[];

  constructor(url: string) {
    const nth = (FakeSocket.opened.get(url) ?? 0) + 1;
    FakeSocket.opened.set(url, nth);
    this.#said = nth === 1 ? (FakeSocket.said.get(url) ?? []) : [];
    // Not before nats.ws listens.
    setTimeout(() => {
      this.readyState = 1;
      this.onopen?.(new Event("open"));
      this.#say(
        encodeText('INFO {"server_name":"fake","version":"2.10.0","max_payload":1000,"headers":true}\r\n'),
      );
    });
  }

  send(bytes: Uint8Array<ArrayBuffer>): void {
    if (!new TextDecoder().decode(bytes).includes("PING\r\n")) return;
    queueMicrotask(() => {
      this.#say(encodeText("PONG\r\n"));
      setTimeout(() => {
        for (const chunk of this.#said.splice(0)) this.#say(chunk);
      }, 5);
    });
  }

  close(): void {
    this.readyState = 3;
  }

  #say(bytes: Uint8Array<ArrayBuffer>): void {
    if (this.readyState === 1) this.onmessage?.(new MessageEvent("message", { data: bytes.slice().buffer }));
  }
}

describe("a connection to a server that sends what it should not", () => {
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  const before = globalThis.WebSocket;
  beforeAll(() => void Object.assign(globalThis, { WebSocket: FakeSocket }));
  afterAll(() => {
    Object.assign(globalThis, { WebSocket: before });
    log.mockRestore();
  });
  afterEach(closePeers);

  const address = (name: string): ServerAddress => ({
    url: `ws://${name}`,
    credentials: { kind: "none" },
  });

  it.each([
    ["MSG a.b 1 2\r\nhello\r\n", "A payload does not end where its size says."],
    ["INFO {bad\r\n", "Its INFO is no JSON."],
    ["PUB a.b 2\r\nhi\r\n", "It sent PUB, which only clients send."],
    ["nonsense\r\n", "it starts with no verb of the NATS protocol"],
  ])("closes it after %j, says so, and tries again", async (said, words) => {
    const name = `one${said.length}${said.slice(0, 3).trim()}`;
    FakeSocket.said.set(`ws://${name}`, [encodeText(said)]);
    const peer = openPeer(name, address(name));
    await until("it was broken", () => peer.states.some(({ kind }) => kind === "reconnecting"));
    const lost = peer.states.find((state) => state.kind === "reconnecting");
    expect(lost).toMatchObject({
      reason: { kind: "brokenStream", what: expect.stringContaining(words) },
    });
    await until("it is connected again", () => peer.connection.live !== null);
    expect(FakeSocket.opened.get(`ws://${name}`)).toBe(2);
  });

  it("is connected in the end, whatever the first socket said", async () => {
    const streams = fc.sample(stream, { numRuns: 250, seed: 4242 });
    const peers = streams.map((chunks, n) => {
      const name = `fuzz${n}`;
      FakeSocket.said.set(`ws://${name}`, chunks);
      return openPeer(name, address(name));
    });
    await until("each was connected once", () =>
      peers.every(({ states }) => states.some(({ kind }) => kind === "connected")),
    );
    await until(
      "each has read everything, and is connected or says why not",
      () =>
        peers.every(({ connection, states }) => connection.live !== null || states.at(-1)?.kind === "failed"),
      15_000,
    );
    // The one thing that is not tried again is a login that is refused.
    for (const { states } of peers) {
      const last = states.at(-1);
      if (last?.kind === "failed") expect(last.reason.kind).toBe("loginRefused");
    }
    // nats.ws was given nothing that its own reader cannot read.
    expect(log.mock.calls.filter(([words]) => words === "reader closed")).toEqual([]);
  });
});
