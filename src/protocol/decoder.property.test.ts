import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createDecoder, type DecodeError } from "./decoder.ts";

interface Reading {
  readonly frames: string[];
  readonly error: DecodeError | null;
  readonly mostHeld: number;
}

/** Reads a stream cut at the given positions. */
function read(stream: Uint8Array, cuts: readonly number[]): Reading {
  const frames: string[] = [];
  const text = new TextDecoder("latin1");
  const decoder = createDecoder(
    (frame) =>
      frames.push(
        [
          frame.verb,
          text.decode(frame.subject),
          text.decode(frame.reply),
          text.decode(frame.headers),
          text.decode(frame.payload),
          frame.sid,
          frame.max,
          frame.status,
        ].join("|"),
      ),
    { lineBytes: 256, textLineBytes: 512, payloadBytes: 1024 },
  );
  let error: DecodeError | null = null;
  let mostHeld = 0;
  let from = 0;
  for (const cut of [...cuts.toSorted((a, b) => a - b), stream.length]) {
    // A copy in a buffer of its own, wiped afterwards: a decoder that kept a reference would read zeros.
    const chunk = stream.slice(from, cut);
    error = decoder.push(chunk);
    chunk.fill(0);
    mostHeld = Math.max(mostHeld, decoder.held);
    from = cut;
  }
  return { frames, error, mostHeld };
}

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const join = (parts: readonly Uint8Array[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => [...part]));

const token = fc.stringMatching(/^[A-Za-z0-9_$*>-]{1,12}$/);
const subject = fc.array(token, { minLength: 1, maxLength: 4 }).map((tokens) => tokens.join("."));
const sid = fc.nat(1_000_000);
const body = fc.uint8Array({ maxLength: 300 });
const cases = (verb: string): fc.Arbitrary<string> => fc.mixedCase(fc.constant(verb));

const headerBlock = fc
  .record({
    status: fc.option(fc.constantFrom("503", "408 Timeout", "100 Idle"), { nil: "" }),
    lines: fc.array(fc.tuple(token, fc.stringMatching(/^[ -~]{0,20}$/)), { maxLength: 3 }),
  })
  .map(({ status, lines }) =>
    latin1(
      `NATS/1.0${status && ` ${status}`}\r\n${lines.map(([name, value]) => `${name}:${value}\r\n`).join("")}\r\n`,
    ),
  );

const plain = fc
  .oneof(
    cases("PING"),
    cases("PONG"),
    fc.constant("+OK"),
    fc
      .tuple(cases("INFO"), fc.json({ maxDepth: 1 }))
      .map(([verb, json]) => `${verb} ${json.replace(/[^ -~]/g, "?")}`.slice(0, 400)),
    fc
      .tuple(cases("-ERR"), fc.stringMatching(/^[A-Za-z ]{1,40}$/))
      .map(([verb, text]) => `${verb} '${text}'`),
    fc
      .tuple(cases("SUB"), subject, fc.option(token, { nil: "" }), sid)
      .map(([verb, on, queue, id]) => `${verb} ${on} ${queue && `${queue} `}${id}`),
    fc
      .tuple(cases("UNSUB"), sid, fc.option(fc.nat(99)))
      .map(([verb, id, max]) => `${verb} ${id} ${max ?? ""}`),
  )
  .map((line) => latin1(`${line}\r\n`));

const message = fc
  .record({
    incoming: fc.boolean(),
    headers: fc.option(headerBlock),
    on: subject,
    id: sid,
    reply: fc.option(subject, { nil: "" }),
    payload: body,
  })
  .map(({ incoming, headers, on, id, reply, payload }) => {
    const verb = `${headers ? "H" : ""}${incoming ? "MSG" : "PUB"}`;
    const head = headers ?? new Uint8Array(0);
    const sizes = `${headers ? `${head.length} ` : ""}${head.length + payload.length}`;
    const line = `${verb} ${on} ${incoming ? `${id} ` : ""}${reply && `${reply} `}${sizes}\r\n`;
    return join([latin1(line), head, payload, latin1("\r\n")]);
  });

const stream = fc.array(fc.oneof(plain, message), { minLength: 1, maxLength: 12 });

describe("any stream", () => {
  it("decodes alike however it is split", () => {
    fc.assert(
      fc.property(
        stream.chain((messages) => {
          const whole = join(messages);
          return fc.record({
            whole: fc.constant(whole),
            count: fc.constant(messages.length),
            cuts: fc.array(fc.nat(whole.length), { maxLength: 20 }),
          });
        }),
        ({ whole, count, cuts }) => {
          const once = read(whole, []);
          expect(once.error).toBeNull();
          expect(once.frames).toHaveLength(count);
          expect(read(whole, cuts).frames).toEqual(once.frames);
        },
      ),
      { numRuns: 400 },
    );
  });

  it("decodes alike byte by byte", () => {
    fc.assert(
      fc.property(stream, (messages) => {
        const whole = join(messages);
        const everywhere = Array.from(whole, (_, index) => index);
        expect(read(whole, everywhere).frames).toEqual(read(whole, []).frames);
      }),
      { numRuns: 100 },
    );
  });

  it("never throws, never holds more than its limits and ends alike for garbage, however it is split", () => {
    const lineNoise = fc.oneof(
      fc.uint8Array({ maxLength: 2000 }),
      // Looks like protocol for a while, so that the garbage is met in the middle of something.
      fc.tuple(stream, fc.uint8Array({ maxLength: 40 }), fc.nat()).map(([messages, noise, where]) => {
        const whole = join(messages);
        const offset = where % (whole.length + 1);
        return join([whole.slice(0, offset), noise, whole.slice(offset)]);
      }),
    );
    fc.assert(
      fc.property(lineNoise, fc.array(fc.nat(2000), { maxLength: 10 }), (noise, cuts) => {
        const once = read(noise, []);
        const split = read(
          noise,
          cuts.map((cut) => Math.min(cut, noise.length)),
        );
        expect(split.frames).toEqual(once.frames);
        expect(split.error?.kind).toBe(once.error?.kind);
        expect(Math.max(once.mostHeld, split.mostHeld)).toBeLessThanOrEqual(512 + 1024 + 2);
      }),
      { numRuns: 600 },
    );
  });
});
