import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type WebSocket as ServerSocket, WebSocket, WebSocketServer } from "ws";
import { type ByteSocket, TappedSocket } from "./tappedSocket.ts";
import { clock, until } from "../testing.ts";
import { decodeText, encodeText } from "./text.ts";

// Node 20 has none of its own.
Object.assign(globalThis, { WebSocket });

let server: WebSocketServer;
let url: string;

beforeAll(async () => {
  server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // Listening on a port, not a pipe.
  url = `ws://127.0.0.1:${port}`;
});
afterAll(() => server.close());

interface Wire {
  readonly socket: TappedSocket;
  readonly far: ServerSocket;
  /** Frames that arrived at the far end. */
  readonly frames: string[];
  /** What the tap was shown: `>` for outgoing. */
  readonly seen: string[];
  readonly ends: string[];
  write(text: string): void;
}

async function open(readClock: () => number = clock): Promise<Wire> {
  const [frames, seen, ends]: [string[], string[], string[]] = [[], [], []];
  const socket = new TappedSocket({
    socket: new globalThis.WebSocket(url),
    clock: readClock,
    tap: {
      incoming: (bytes) => {
        seen.push(`<${decodeText(bytes)}`);
        return bytes;
      },
      // A letter stands for a message.
      outgoing: (bytes) => {
        seen.push(`>${decodeText(bytes)}`);
        return bytes.length;
      },
    },
    onEnd: (end) => void ends.push(end.by),
  });
  const opened = new Promise((resolve) => (socket.onopen = resolve));
  const [far] = (await once(server, "connection")) as [ServerSocket]; // What `ws` emits for a connection.
  far.on("message", (data: Buffer) => void frames.push(data.toString()));
  await opened;
  return { socket, far, frames, seen, ends, write: (text) => socket.send(encodeText(text).buffer) };
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

describe("a tapped socket", () => {
  it("sends a lone write before the turn is over", async () => {
    const { write, seen } = await open();
    write("a");
    await Promise.resolve();
    expect(seen).toEqual([">a"]);
    await turn();
    write("b");
    await Promise.resolve();
    expect(seen).toEqual([">a", ">b"]);
  });

  it("sends the many writes of a busy turn as one frame, in their order", async () => {
    const { write, frames, seen } = await open();
    for (const text of ["a", "b", "c"]) {
      write(text);
      await Promise.resolve();
    }
    await turn();
    for (const text of ["d", "e", "f"]) write(text);
    await turn();
    await until("all has arrived", () => frames.join("") === "abcdef");
    expect(frames).toEqual(["a", "bc", "def"]);
    expect(seen).toEqual([">a", ">bc", ">def"]);
  });

  it("sends a lone write at once where what arrived has begun a turn", async () => {
    const { socket, far, seen, write } = await open();
    const answers = ["a", "b"];
    socket.onmessage = () => {
      write(answers.shift()!);
      queueMicrotask(() => seen.push("turn goes on"));
    };
    far.once("message", () => far.send("y"));
    far.send("x");
    await until("both are answered", () => answers.length === 0);
    await turn();
    expect(seen).toEqual(["<x", ">a", "turn goes on", "<y", ">b", "turn goes on"]);
  });

  it("sends what it holds before it closes", async () => {
    const { socket, write, far, frames, ends } = await open();
    write("a");
    await Promise.resolve();
    write("b");
    const closed = once(far, "close");
    socket.close();
    await closed;
    expect(frames).toEqual(["a", "b"]);
    expect(ends).toEqual(["client"]);
  });

  const TURNS = 400;
  /** So many turns make a density that is held for, by a wide margin. */
  const DENSE_AFTER = 100;
  /** So many messages share a frame that waits for no others. */
  const FULL_FRAME = 16;

  /** A wire whose clock goes as the test says: what counts as dense is then the same on every machine. */
  async function openTimed(): Promise<Wire & { pass(ms: number): void }> {
    let now = 0;
    return { ...(await open(() => now)), pass: (ms) => void (now += ms) };
  }

  /** Three writes in each of many turns, a fifth of a ms apart. Gives what was written, and the frames that left in the turn of their writes. */
  async function writeDensely({ write, seen, pass }: Wire & { pass(ms: number): void }) {
    let written = "";
    const atOnce: string[] = [];
    for (let index = 0; index < TURNS; index++) {
      const before = seen.length;
      for (let part = 0; part < 3; part++) {
        const letter = String.fromCharCode(97 + ((index * 3 + part) % 26));
        write(letter);
        written += letter;
      }
      // Whatever does not wait for the turn to end has left then.
      for (let step = 0; step < 5; step++) await Promise.resolve();
      if (index >= DENSE_AFTER) atOnce.push(...seen.slice(before));
      pass(0.2);
      await nextTurn();
    }
    return { written, atOnce };
  }

  it("holds small frames for others while messages leave densely, and loses and reorders none", async () => {
    const wire = await openTimed();
    const { written, atOnce } = await writeDensely(wire);
    await until("all has arrived", () => wire.frames.join("").length === written.length);
    expect(wire.frames.join("")).toBe(written);
    expect(wire.seen.map((text) => text.slice(1))).toEqual(wire.frames);
    // How long a small frame is held hangs on timers. Until then it stays, and only a full one leaves at once.
    expect(atOnce.filter((frame) => frame.length <= FULL_FRAME)).toEqual([]);
  });

  it("sends a lone write before the turn is over again, soon after messages left densely", async () => {
    const wire = await openTimed();
    const { written } = await writeDensely(wire);
    await until("all has arrived", () => wire.frames.join("").length === written.length);
    wire.pass(40);
    wire.write("y");
    await turn();
    wire.pass(20);
    wire.write("z");
    await Promise.resolve();
    expect(wire.seen.slice(-2)).toEqual([">y", ">z"]);
  });

  it("sends what it holds for others before it closes", async () => {
    const wire = await openTimed();
    const { written } = await writeDensely(wire);
    const closed = once(wire.far, "close");
    wire.socket.close();
    await closed;
    expect(wire.frames.join("")).toBe(written);
  });

  it("says once who ended it, and records nothing that can no longer be sent", async () => {
    const { socket, write, far, seen, ends } = await open();
    far.terminate();
    await until("it has ended", () => ends.length > 0);
    write("lost");
    socket.close();
    await turn();
    expect(ends).toEqual(["server"]);
    expect(seen).toEqual([]);
  });

  it("takes an error for the end, in browsers that tell of no close after it", async () => {
    const told: string[] = [];
    const socket: ByteSocket = {
      binaryType: "",
      readyState: 0,
      bufferedAmount: 0,
      onopen: null,
      onmessage: null,
      onerror: null,
      onclose: null,
      send() {},
      close() {},
    };
    const tap = { incoming: () => null, outgoing: () => 0 };
    const tapped = new TappedSocket({ socket, clock, tap, onEnd: ({ by }) => void told.push(by) });
    tapped.onerror = () => void told.push("error");
    tapped.onclose = () => void told.push("close");
    socket.onerror?.(new Event("error"));
    await until("nats.ws knows", () => told.includes("close"));
    expect(told).toEqual(["server", "error", "close"]);
    socket.onclose?.(Object.assign(new Event("close"), { code: 1006, reason: "", wasClean: false }));
    expect(told).toHaveLength(3);
  });

  it("shows the tap what arrives before the client gets it", async () => {
    const { socket, far, seen } = await open();
    const got = new Promise<string[]>((resolve) => (socket.onmessage = () => resolve([...seen])));
    far.send(encodeText("PING\r\n"));
    expect(await got).toEqual(["<PING\r\n"]);
  });

  it("counts what the network has not taken", async () => {
    const { socket, write } = await open();
    expect(socket.waitingBytes).toBe(0);
    const large = "x".repeat(20_000_000);
    write(large);
    write(large);
    expect(socket.waitingBytes).toBeGreaterThanOrEqual(20_000_000);
    await until("all is taken", () => socket.waitingBytes === 0);
  });
});
