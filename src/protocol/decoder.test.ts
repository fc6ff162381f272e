import { describe, expect, it } from "vitest";
import { createDecoder, type DecodeError, type DecoderLimits } from "./decoder.ts";
import type { Frame } from "./frame.ts";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** What a frame says, copied out of it; only what is there. */
function told(frame: Frame): Record<string, unknown> {
  const all = {
    subject: textOf(frame.subject),
    reply: textOf(frame.reply),
    headers: textOf(frame.headers),
    payload: textOf(frame.payload),
    sid: frame.sid,
    max: frame.max,
    status: frame.status,
  };
  return {
    verb: frame.verb,
    ...Object.fromEntries(Object.entries(all).filter(([, value]) => value !== "" && value !== 0)),
  };
}

function decode(
  text: string,
  limits: Partial<DecoderLimits> = {},
): { frames: Record<string, unknown>[]; error: DecodeError | null } {
  const frames: Record<string, unknown>[] = [];
  const error = createDecoder((frame) => frames.push(told(frame)), limits).push(bytesOf(text));
  return { frames, error };
}

describe("every verb", () => {
  const cases: [string, Record<string, unknown>][] = [
    ['INFO {"server_id":"N"}\r\n', { verb: "INFO", payload: '{"server_id":"N"}' }],
    ['CONNECT {"verbose":false}\r\n', { verb: "CONNECT", payload: '{"verbose":false}' }],
    ["PING\r\n", { verb: "PING" }],
    ["PONG\r\n", { verb: "PONG" }],
    ["+OK\r\n", { verb: "+OK" }],
    ["-ERR 'Unknown Protocol Operation'\r\n", { verb: "-ERR", payload: "Unknown Protocol Operation" }],
    ["-ERR\r\n", { verb: "-ERR" }],
    ["SUB user.get 7\r\n", { verb: "SUB", subject: "user.get", sid: 7 }],
    ["SUB user.get users 7\r\n", { verb: "SUB", subject: "user.get", reply: "users", sid: 7 }],
    ["UNSUB 7\r\n", { verb: "UNSUB", sid: 7 }],
    ["UNSUB 7 3\r\n", { verb: "UNSUB", sid: 7, max: 3 }],
    ["PUB a 5\r\nhello\r\n", { verb: "PUB", subject: "a", payload: "hello" }],
    ["PUB a _INBOX.x 0\r\n\r\n", { verb: "PUB", subject: "a", reply: "_INBOX.x" }],
    ["PUB\ta \t_INBOX.x  0 \r\n\r\n", { verb: "PUB", subject: "a", reply: "_INBOX.x" }],
    [
      "HPUB a r 18 20\r\nNATS/1.0\r\nA: b\r\n\r\nhi\r\n",
      { verb: "HPUB", subject: "a", reply: "r", headers: "NATS/1.0\r\nA: b\r\n\r\n", payload: "hi" },
    ],
    ["MSG a 1 5\r\nhello\r\n", { verb: "MSG", subject: "a", sid: 1, payload: "hello" }],
    ["MSG a 12 r.s 2\r\n\r\n\r\n", { verb: "MSG", subject: "a", sid: 12, reply: "r.s", payload: "\r\n" }],
    [
      "HMSG i.1 1 16 16\r\nNATS/1.0 503\r\n\r\n\r\n",
      { verb: "HMSG", subject: "i.1", sid: 1, headers: "NATS/1.0 503\r\n\r\n", status: 503 },
    ],
    [
      "HMSG i.1 1 back 29 31\r\nNATS/1.0 408 Timeout\r\nA:b\r\n\r\nhi\r\n",
      {
        verb: "HMSG",
        subject: "i.1",
        sid: 1,
        reply: "back",
        headers: "NATS/1.0 408 Timeout\r\nA:b\r\n\r\n",
        payload: "hi",
        status: 408,
      },
    ],
  ];
  for (const [text, frame] of cases) {
    it(`reads ${JSON.stringify(text)}`, () => {
      expect(decode(text)).toEqual({ frames: [frame], error: null });
    });
  }

  it("reads verbs in small letters and lines that end with a bare line feed", () => {
    expect(
      decode("ping\r\nmsg a 1 2\nhi\r\nhPuB a 0 0\r\n\r\n").frames.map((frame) => frame["verb"]),
    ).toEqual(["PING", "MSG", "HPUB"]);
  });
});

describe("what is no NATS protocol", () => {
  const cases: [string, DecodeError["kind"]][] = [
    ["HTTP/1.1 400 Bad Request\r\n", "badLine"],
    ["\r\n", "badLine"],
    ["PINGPONG\r\n", "badLine"],
    ["MSG a 1\r\n", "badLine"],
    ["MSG a 1 r x 5\r\nhello\r\n", "badLine"],
    ["PUB a -5\r\n", "badLine"],
    ["PUB a 1e3\r\n", "badLine"],
    ["PUB a 9999999999999999999\r\n", "badLine"],
    ["HPUB a 9 5\r\nhello\r\n", "badLine"],
    ["SUB a\r\n", "badLine"],
    ["UNSUB 1 x\r\n", "badLine"],
    ["PUB a 4\r\nhello\r\n", "badPayloadEnd"],
    ["PUB a 6\r\nhello\r\nPING\r\n", "badPayloadEnd"],
    [`SUB ${"a".repeat(9000)} 1\r\n`, "lineTooLong"],
    [`SUB ${"a".repeat(9000)}`, "lineTooLong"],
    ["PUB a 67108865\r\n", "payloadTooLarge"],
  ];
  for (const [text, kind] of cases) {
    it(`ends with ${kind} for ${JSON.stringify(text.slice(0, 40))}`, () => {
      const { frames, error } = decode(text);
      expect(error?.kind).toBe(kind);
      expect(frames).toEqual([]);
    });
  }

  it("hands a payload out with its carriage return, and wants the line feed after it", () => {
    for (const [rest, kind] of [
      ["\nPING\r\n", undefined],
      ["PING\r\n", "badPayloadEnd"],
    ] as const) {
      const verbs: string[] = [];
      const decoder = createDecoder((frame) => verbs.push(frame.verb));
      expect(decoder.push(bytesOf("MSG a 1 2\r\nhi"))).toBeNull();
      expect(verbs).toEqual([]);
      expect(decoder.push(bytesOf("\r"))).toBeNull();
      expect(verbs).toEqual(["MSG"]);
      expect(decoder.push(bytesOf(rest))?.kind).toBe(kind);
      expect(verbs).toEqual(kind === undefined ? ["MSG", "PING"] : ["MSG"]);
    }
  });

  it("reads nothing more after an error, and says the same error again", () => {
    const frames: unknown[] = [];
    const decoder = createDecoder((frame) => frames.push(frame.verb));
    const error = decoder.push(bytesOf("PING\r\nwhat\r\nPING\r\n"));
    expect(error?.kind).toBe("badLine");
    expect(decoder.push(bytesOf("PING\r\n"))).toBe(error);
    expect(frames).toEqual(["PING"]);
    expect(decoder.held).toBe(0);
  });

  it("lets INFO be longer than other lines, but not endless", () => {
    const info = (length: number): string => `INFO {"nonce":"${"x".repeat(length)}"}\r\n`;
    expect(decode(info(200_000)).frames).toHaveLength(1);
    expect(decode(info(2_000_000)).error?.kind).toBe("lineTooLong");
    expect(decode("INFO " + "x".repeat(2_000_000)).error?.kind).toBe("lineTooLong");
  });
});

describe("memory", () => {
  it("holds only what arrived, whatever size was announced", () => {
    const decoder = createDecoder(() => {});
    expect(decoder.push(bytesOf("PUB a 60000000\r\nonly this"))).toBeNull();
    expect(decoder.held).toBe("PUB a 60000000\r\nonly this".length);
  });

  it("reads a large payload that comes in pieces, and lets go of it", () => {
    const size = 3_000_000;
    let got = 0;
    const decoder = createDecoder((frame) => (got = frame.payload.length));
    decoder.push(bytesOf(`MSG a 1 ${size}\r\n`));
    for (let sent = 0; sent < size; sent += 50_000) decoder.push(new Uint8Array(50_000));
    expect(got).toBe(0);
    expect(decoder.push(bytesOf("\r\nPI"))).toBeNull();
    expect(got).toBe(size);
    expect(decoder.held).toBe(2);
  });
});
