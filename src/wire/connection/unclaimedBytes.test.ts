import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createDecoder } from "../../protocol/decoder.ts";
import { UnclaimedBytes } from "./unclaimedBytes.ts";
import { decodeText, encodeText } from "./text.ts";

/** Messages of subscription 7 are taken. */
const TAKEN = 7;

const message = fc.record({
  sid: fc.constantFrom(TAKEN, 8),
  payload: fc.string({ maxLength: 40 }),
  headers: fc.option(fc.string({ maxLength: 10 }), { nil: null }),
});

const textOf = ({
  sid,
  payload,
  headers,
}: typeof message extends fc.Arbitrary<infer T> ? T : never): string => {
  const bytes = encodeText(payload).length;
  if (headers === null) return `MSG a.b ${sid} r.1 ${bytes}\r\n${payload}\r\n`;
  const block = `NATS/1.0\r\nx: ${encodeURIComponent(headers)}\r\n\r\n`;
  return `HMSG a.b ${sid} ${block.length} ${block.length + bytes}\r\n${block}${payload}\r\n`;
};

/** What remains of chunks, each with how much of it has come by then. */
function unclaimedOf(chunks: readonly Uint8Array[]): { readonly rest: string; readonly taken: number } {
  const unclaimed = new UnclaimedBytes();
  let taken = 0;
  const decoder = createDecoder((frame) => {
    const takes = (frame.verb === "MSG" || frame.verb === "HMSG") && frame.sid === TAKEN;
    if (takes) taken++;
    unclaimed.tell(frame, takes);
  });
  const rest: Uint8Array[] = [];
  for (const chunk of chunks) {
    unclaimed.begin(chunk, decoder.held);
    expect(decoder.push(chunk)).toBeNull();
    const remains = unclaimed.end(decoder.held);
    if (remains !== null) rest.push(remains.slice());
    // What has been passed on is not looked at again.
    chunk.fill(0x3f);
  }
  return { rest: rest.map(decodeText).join(""), taken };
}

function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const ends = [...new Set(places.map((place) => place % (bytes.length + 1))), bytes.length].toSorted(
    (a, b) => a - b,
  );
  return ends.map((end, index) => bytes.slice(index === 0 ? 0 : ends[index - 1], end));
}

describe("what remains of a stream", () => {
  it("is everything else, byte for byte, however the stream is split", () => {
    const other = fc.constantFrom("PING\r\n", "PONG\r\n", "+OK\r\n", "-ERR 'no'\r\n", 'INFO {"a":1}\r\n');
    fc.assert(
      fc.property(
        fc.array(fc.oneof(message, other), { maxLength: 20 }),
        fc.array(fc.nat(2000), { maxLength: 30 }),
        (parts, places) => {
          const texts = parts.map((part) => (typeof part === "string" ? part : textOf(part)));
          const kept = parts.filter((part) => typeof part === "string" || part.sid !== TAKEN);
          const bytes = encodeText(texts.join(""));
          const { rest, taken } = unclaimedOf(cut(bytes, places));
          expect(rest).toBe(kept.map((part) => (typeof part === "string" ? part : textOf(part))).join(""));
          expect(taken).toBe(parts.length - kept.length);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("is the chunk itself where nothing is taken, and nothing where everything is", () => {
    const unclaimed = new UnclaimedBytes();
    const decoder = createDecoder((frame) => unclaimed.tell(frame, frame.sid === TAKEN));
    const through = (text: string): [Uint8Array, Uint8Array | null] => {
      const chunk = encodeText(text);
      unclaimed.begin(chunk, decoder.held);
      decoder.push(chunk);
      return [chunk, unclaimed.end(decoder.held)];
    };
    const [chunk, all] = through("PING\r\nMSG a 8 1\r\nx\r\n");
    expect(all).toBe(chunk);
    expect(through("MSG a 7 1\r\nx\r\nMSG a 7 1\r\ny\r\n")[1]).toBeNull();
    expect(through("MSG a 7 1\r\nz\r")[1]).toBeNull();
    expect(through("\n")[1]).toBeNull();
    expect(decodeText(through("PONG\r\n")[1] ?? new Uint8Array())).toBe("PONG\r\n");
  });

  it("is what follows where the stream cannot be read", () => {
    const unclaimed = new UnclaimedBytes();
    const decoder = createDecoder((frame) => unclaimed.tell(frame, frame.sid === TAKEN));
    const chunk = encodeText("MSG a 7 1\r\nx\r\nwhat is this\r\nPING\r\n");
    unclaimed.begin(chunk, 0);
    expect(decoder.push(chunk)).not.toBeNull();
    expect(decodeText(unclaimed.end(0) ?? new Uint8Array())).toBe("what is this\r\nPING\r\n");
  });
});
