import { describe, expect, it } from "vitest";
import { FLAG, SERVER_ERRORS } from "../../domain/events/events.ts";
import { replyKeyOf } from "../../domain/events/replyKey.ts";
import { ReplyMemory } from "./replyMemory.ts";
import { createTap, type Tap } from "./tap.ts";
import { createRecorder, type Recorder } from "../testing.ts";
import { encodeText } from "./text.ts";

interface Tapped {
  readonly recorder: Recorder;
  readonly roundTrips: number[];
  readonly serverErrors: string[];
  readonly broken: (string | null)[];
  /** Bytes in either direction, at a time that counts up. */
  incoming(text: string, at?: number): void;
  outgoing(text: string, at?: number): void;
}

function tapped(memory = new ReplyMemory()): Tapped {
  const recorder = createRecorder();
  const [roundTrips, serverErrors, broken]: [number[], string[], (string | null)[]] = [[], [], []];
  const tap: Tap = createTap({
    sink: recorder,
    memory,
    subscribers: new Map(),
    onRoundTrip: (ms) => void roundTrips.push(ms),
    onServerError: ({ text }) => void serverErrors.push(text),
    onBroken: (what) => void broken.push(what),
  });
  // A server speaks first.
  tap.incoming(encodeText('INFO {"version":"2.10.0"}\r\n'), 0);
  recorder.events.length = 0;
  return {
    recorder,
    roundTrips,
    serverErrors,
    broken,
    incoming: (text, at = 1) => tap.incoming(encodeText(text), at),
    outgoing: (text, at = 1) => tap.outgoing(encodeText(text), at),
  };
}

const kinds = ({ recorder }: Tapped): string[] => recorder.events.map((event) => event.kind);

describe("what a tap makes of bytes", () => {
  it("tells replies from requests and plain messages by the subscription they come on", () => {
    const tap = tapped();
    tap.outgoing("SUB _INBOX.abc.* 1\r\nSUB user.* users 2\r\n");
    tap.incoming(
      "MSG _INBOX.abc.x 1 2\r\nhi\r\nMSG user.get 2 _INBOX.zzz.y 0\r\n\r\nMSG user.get 2 0\r\n\r\n",
    );
    tap.incoming("HMSG _INBOX.abc.x 1 16 16\r\nNATS/1.0 503\r\n\r\n\r\n");
    expect(kinds(tap)).toEqual(["subscribed", "subscribed", "arrived", "delivered", "message", "arrived"]);
    const [, queue, arrived, delivered, , noResponders] = tap.recorder.events;
    expect(queue).toMatchObject({ subject: "user.*", reply: "users", code: 2 });
    expect(arrived).toMatchObject({ exchange: replyKeyOf("_INBOX.abc.x"), code: 0, link: 1, payload: "hi" });
    expect(delivered).toMatchObject({ exchange: replyKeyOf("_INBOX.zzz.y"), code: 2 });
    expect(noResponders?.code).toBe(503);
  });

  it("tells with the end of a subscription what it was to, which the frame does not name", () => {
    const tap = tapped();
    tap.outgoing("SUB user.get users 2\r\nSUB user.get 3\r\nUNSUB 2\r\nUNSUB 3 1\r\nUNSUB 2\r\n");
    const ends = tap.recorder.events.filter(({ kind }) => kind === "unsubscribed");
    expect(ends).toMatchObject([
      { code: 2, subject: "user.get", reply: "users" },
      { code: 3, subject: "", reply: "" },
      { code: 2, subject: "", reply: "" },
    ]);
  });

  it("takes an inbox for one request for an inbox, and what lies below one for none", () => {
    const tap = tapped();
    tap.outgoing(
      "SUB _INBOX.abc 1\r\nUNSUB 1 1\r\nSUB _INBOX.abc.trace 2\r\nSUB _INBOX.> 3\r\nSUB _INBOX.* 4\r\n",
    );
    tap.incoming("MSG _INBOX.abc 1 2\r\nhi\r\nMSG _INBOX.abc.trace 2 0\r\n\r\n");
    tap.incoming("MSG _INBOX.xyz 3 0\r\n\r\nMSG _INBOX.xyz 4 0\r\n\r\n");
    expect(kinds(tap).slice(5)).toEqual(["arrived", "message", "message", "message"]);
    expect(tap.recorder.of("arrived")[0]).toMatchObject({ exchange: replyKeyOf("_INBOX.abc"), link: 1 });
  });

  it("gives a server's report to the request that asked for it", () => {
    const tap = tapped();
    const headers = "NATS/1.0\r\nNats-Trace-Dest: _INBOX.abc.trace\r\n\r\n";
    tap.outgoing(`HPUB user.get _INBOX.abc.x ${headers.length} ${headers.length}\r\n${headers}\r\n`);
    tap.incoming("MSG _INBOX.abc.trace 2 2\r\n{}\r\nMSG _INBOX.other.trace 3 2\r\n{}\r\n");
    const [report, other] = tap.recorder.of("message");
    expect(report?.exchange).toBe(replyKeyOf("_INBOX.abc.x"));
    expect(other?.exchange).toBe(0);
  });

  it("takes a responder that listens on everybody's inboxes for a responder", () => {
    const tap = tapped();
    tap.outgoing("SUB _INBOX.> 1\r\nSUB _INBOX.abc.*.* 2\r\nSUB _INBOX.*.* 3\r\n");
    tap.incoming("MSG _INBOX.abc.x 1 0\r\n\r\nMSG _INBOX.abc.x 2 0\r\n\r\nMSG _INBOX.abc.x 3 0\r\n\r\n");
    expect(kinds(tap).slice(3)).toEqual(["message", "message", "message"]);
  });

  it("takes for an answer what goes to a reply subject that came in, also before a reconnect", () => {
    const memory = new ReplyMemory();
    tapped(memory).incoming("MSG user.get 1 my.own.inbox 0\r\n\r\n");
    const tap = tapped(memory);
    tap.outgoing('PUB my.own.inbox 13\r\n{"error":"x"}\r\nPUB elsewhere 0\r\n\r\nPUB a r 0\r\n\r\n');
    expect(kinds(tap)).toEqual(["answered", "published", "sent"]);
    expect(tap.recorder.events[0]).toMatchObject({
      exchange: replyKeyOf("my.own.inbox"),
      flags: FLAG.outgoing | FLAG.error,
    });
  });

  it("measures a round trip from each PING to its PONG", () => {
    const tap = tapped();
    tap.outgoing("PING\r\nPING\r\n", 100);
    tap.outgoing("PING\r\n", 103);
    tap.incoming("PONG\r\nPONG\r\n", 104.25);
    tap.incoming("PONG\r\nPONG\r\n", 110);
    expect(tap.roundTrips).toEqual([4.25, 4.25, 7]);
  });

  it("passes on what the server complains of", () => {
    const tap = tapped();
    tap.incoming("-ERR 'Slow Consumer'\r\n");
    expect(tap.serverErrors).toEqual(["Slow Consumer"]);
    expect(tap.recorder.of("err")[0]?.payload).toBe("Slow Consumer");
  });

  it("keeps every secret of a CONNECT to itself", () => {
    const tap = tapped();
    tap.outgoing('CONNECT {"user":"ann","pass":"s1","auth_token":"s2","jwt":"s3","sig":"s4","name":"n"}\r\n');
    tap.outgoing("CONNECT s5\r\n");
    expect(tap.recorder.events.map((event) => event.payload).join()).not.toMatch(/s[1-5]/);
    expect(tap.recorder.events[0]?.payload).toContain('"user":"ann"');
  });

  it("says once that what the server sends can be read no more, and reads nothing of it after that", () => {
    const tap = tapped();
    tap.incoming("garbage\r\n");
    tap.incoming("PING\r\n");
    tap.outgoing("PONG\r\n");
    expect(tap.broken).toEqual([expect.stringContaining("it starts with no verb of the NATS protocol")]);
    expect(kinds(tap)).toEqual(["pong"]);
  });

  it("says once that what goes out cannot be read, and goes on with what comes in", () => {
    const tap = tapped();
    tap.outgoing("garbage\r\n");
    tap.outgoing("PONG\r\n");
    tap.incoming("PING\r\n");
    expect(kinds(tap)).toEqual(["log", "ping"]);
    expect(tap.recorder.events[0]?.payload).toContain("can no longer be read");
    expect(tap.broken).toEqual([]);
  });

  it("tells what an -ERR refuses, and of which exchange it refuses the reply", () => {
    const tap = tapped();
    tap.incoming(`-ERR 'Permissions Violation for Publish to "_INBOX.a.1"'\r\n`);
    tap.incoming(`-ERR 'Permissions Violation for Subscription to "a.*" using queue "q"'\r\n`);
    tap.incoming("-ERR 'Authorization Violation'\r\n-ERR 'Stale Connection'\r\n");
    const told = tap.recorder.events.map(({ exchange, code, subject, reply }) => [
      exchange,
      SERVER_ERRORS[code],
      subject,
      reply,
    ]);
    expect(told).toEqual([
      [replyKeyOf("_INBOX.a.1"), "publish", "_INBOX.a.1", ""],
      [0, "subscribe", "a.*", "q"],
      [0, "login", "", ""],
      [0, "other", "", ""],
    ]);
  });
});

describe("the memory of requests that came in", () => {
  it("knows a request until it was answered, as often as it came in", () => {
    const memory = new ReplyMemory();
    memory.add(5);
    memory.add(5);
    memory.add(6);
    expect([memory.take(5), memory.take(5), memory.take(5)]).toEqual([true, true, false]);
    expect([memory.take(7), memory.take(6)]).toEqual([false, true]);
  });

  it("stays bounded, and forgets the oldest first", () => {
    const memory = new ReplyMemory();
    for (let key = 1; key <= 200_000; key++) memory.add(key);
    expect([memory.take(1), memory.take(100_000), memory.take(170_000), memory.take(200_000)]).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });
});
