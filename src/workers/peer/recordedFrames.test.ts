import fc from "fast-check";
import { expect, test } from "vitest";
import { fold } from "../../domain/record/fold.ts";
import type { RecordLimits, TrafficRecord } from "../../domain/record/trafficRecord.ts";
import { decodeUtf8, encodeUtf8 } from "../../domain/base/utf8.ts";
import { frameText, readFrame, type WireFrame } from "../../domain/frames/wireLines.ts";
import { ReplyMemory } from "../../wire/connection/replyMemory.ts";
import { createTap } from "../../wire/connection/tap.ts";
import { createBatchWriter } from "./batchWriter.ts";
import { createRecord } from "../../domain/record/createRecord.ts";

/** A frame as it crosses: its control line, and what follows it. */
interface Crossing {
  readonly out: boolean;
  readonly line: string;
  readonly headers?: string;
  readonly payload?: string;
}

/** Lets frames cross a tapped connection, and reads back what the record says of them. */
function recorded(crossings: readonly Crossing[], limits: Partial<RecordLimits> = {}): TrafficRecord {
  const record = createRecord({ events: 1024, exchanges: 64, textBytes: 1 << 20, ...limits });
  let greeted = false;
  const writer = createBatchWriter((batch) => greeted && fold(record, batch, 1, 0));
  const tap = createTap({
    sink: writer,
    memory: new ReplyMemory(),
    subscribers: new Map(),
    onRoundTrip: () => {},
    onServerError: () => {},
    onBroken: () => {},
  });
  // A server speaks first, which no test here asks about.
  tap.incoming(encodeUtf8('INFO {"version":"2.10.0"}\r\n'), 999);
  writer.flush();
  greeted = true;
  for (const [at, crossing] of crossings.entries()) {
    (crossing.out ? tap.outgoing : tap.incoming)(encodeUtf8(bytesOf(crossing)), 1000 + at);
  }
  writer.flush();
  return record;
}

const bytesOf = ({ line, headers = "", payload }: Crossing): string =>
  payload === undefined ? `${line}\r\n` : `${line}\r\n${headers}${payload}\r\n`;

function framesOf(record: TrafficRecord): WireFrame[] {
  const numbers = Array.from({ length: record.events.last }, (_, index) => index + 1);
  return numbers.flatMap((number) => readFrame(record, number) ?? []);
}

const token = fc.stringMatching(/^[a-zA-Z0-9-]{1,8}$/);
const subject = fc.array(token, { minLength: 1, maxLength: 4 }).map((tokens) => tokens.join("."));
const sid = fc.integer({ min: 1, max: 1e6 });
const payload = fc.oneof(fc.string({ unit: "binary", maxLength: 40 }), fc.json());
const headers = fc
  .array(fc.tuple(token, token), { minLength: 1, maxLength: 3 })
  .map((pairs) => `NATS/1.0\r\n${pairs.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`);
const size = (text: string): number => encodeUtf8(text).length;
const join = (...words: readonly (string | number | null)[]): string =>
  words.filter((word) => word !== null).join(" ");
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { nil: null });

const message = (out: boolean): fc.Arbitrary<Crossing> =>
  fc
    .record({ subject, sid, reply: maybe(subject), headers: maybe(headers), payload })
    .map(({ subject, sid, reply, headers, payload }) => {
      const verb = `${headers === null ? "" : "H"}${out ? "PUB" : "MSG"}`;
      const total = size(headers ?? "") + size(payload);
      const sizes = headers === null ? [total] : [size(headers), total];
      const line = join(verb, subject, out ? null : sid, reply, ...sizes);
      return { out, line, headers: headers ?? "", payload };
    });

const crossing: fc.Arbitrary<Crossing> = fc.oneof(
  { arbitrary: message(true), weight: 3 },
  { arbitrary: message(false), weight: 3 },
  fc
    .tuple(fc.constantFrom("_INBOX.abc.*", "user.*", "a.>"), maybe(token), sid)
    .map(([subject, queue, sid]) => ({ out: true, line: join("SUB", subject, queue, sid) })),
  fc
    .tuple(sid, maybe(fc.integer({ min: 1, max: 9 })))
    .map(([sid, max]) => ({ out: true, line: join("UNSUB", sid, max) })),
  fc.tuple(fc.boolean(), fc.constantFrom("PING", "PONG")).map(([out, line]) => ({ out, line })),
  fc.constant({ out: false, line: "+OK" }),
  subject.map((text) => ({ out: false, line: `-ERR '${text} is not allowed'` })),
  fc
    .dictionary(token, token)
    .map((info) => ({ out: false, line: `INFO ${JSON.stringify({ ...info, version: "2.10.0" })} ` })),
  token.map((name) => ({ out: true, line: `CONNECT ${JSON.stringify({ name, verbose: false })}` })),
);

test("every frame is read back as it crossed: its line, its bytes, its headers and its payload", () => {
  fc.assert(
    fc.property(fc.array(crossing, { minLength: 1, maxLength: 30 }), (crossings) => {
      const frames = framesOf(recorded(crossings));
      expect(frames.map((frame) => [frame.direction, frameText(frame), frame.at])).toEqual(
        crossings.map(({ out, line }, index) => [out ? "out" : "in", line.trimEnd(), 1000 + index]),
      );
      expect(frames.map(({ bytes }) => bytes)).toEqual(crossings.map((each) => size(bytesOf(each))));
      for (const [at, { headers = "", payload }] of crossings.entries()) {
        if (payload === undefined) continue;
        expect(frames[at]?.payload.bytes).toEqual(encodeUtf8(payload));
        expect(decodeUtf8(frames[at]?.payload.headers ?? new Uint8Array())).toBe(headers);
      }
    }),
  );
});

test("a secret is masked, and how long the line was is not told either", () => {
  const [frame] = framesOf(
    recorded([{ out: true, line: 'CONNECT {"user":"ada","pass":"lovelace","name":"client-1"}' }]),
  );
  if (!frame) throw new Error("the CONNECT was not recorded");
  expect(frameText(frame)).toBe('CONNECT {"user":"ada","pass":"…","name":"client-1"}');
  expect(frame.bytes).toBeNull();
});

test("a 503 says so", () => {
  const [, frame] = framesOf(
    recorded([
      { out: true, line: "SUB _INBOX.abc.* 1" },
      { out: false, line: "HMSG _INBOX.abc.x 1 16 16", headers: "NATS/1.0 503\r\n\r\n", payload: "" },
    ]),
  );
  expect(frame).toMatchObject({ kind: "arrived", verb: "HMSG", status: 503, sid: 1, bytes: 45 });
});

test("a frame whose texts were evicted still tells its verb and its size", () => {
  const crossings = ["one", "two"].map((payload): Crossing => ({
    out: true,
    line: "PUB user.get _INBOX.a.b 3",
    payload,
  }));
  const frames = framesOf(recorded(crossings, { textBytes: 30 }));
  expect(frames.map(frameText)).toEqual(["PUB … … 3", "PUB user.get _INBOX.a.b 3"]);
  expect(frames.map(({ bytes, textsGone }) => [bytes, textsGone])).toEqual([
    [32, true],
    [32, false],
  ]);
});

test("of a header block that was cut, the sizes are left open", () => {
  const headers = `NATS/1.0\r\nA: ${"x".repeat(100_000)}\r\n\r\n`;
  const [frame] = framesOf(
    recorded([
      { out: true, line: `HPUB a.b ${headers.length} ${headers.length + 2}`, headers, payload: "hi" },
    ]),
  );
  if (!frame) throw new Error("the HPUB was not recorded");
  expect(frameText(frame)).toBe("HPUB a.b … …");
  expect(frame.bytes).toBeNull();
});
