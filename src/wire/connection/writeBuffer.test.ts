import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createDecoder } from "../../protocol/decoder.ts";
import { decodeText, encodeText } from "./text.ts";
import { WriteBuffer } from "./writeBuffer.ts";

describe("protocol on its way out", () => {
  it("is what was put in, in its order", () => {
    const buffer = new WriteBuffer();
    buffer.append(encodeText("SUB a 1\r\n"));
    buffer.publish(encodeText("a.b"), encodeText("_INBOX.x.1"), undefined, encodeText("hello"));
    buffer.publish(encodeText("a.b"));
    buffer.publish(encodeText("c"), undefined, encodeText("NATS/1.0\r\nk: v\r\n\r\n"), encodeText("12"));
    buffer.append(encodeText("PING\r\n"));
    const { length } = buffer;
    const taken = buffer.take();
    expect(taken).toHaveLength(length);
    expect(decodeText(taken)).toBe(
      "SUB a 1\r\nPUB a.b _INBOX.x.1 5\r\nhello\r\nPUB a.b 0\r\n\r\nHPUB c 18 20\r\nNATS/1.0\r\nk: v\r\n\r\n12\r\nPING\r\n",
    );
    expect(buffer.length).toBe(0);
    expect(buffer.take()).toHaveLength(0);
  });

  it("can be read again, whatever the sizes", () => {
    const size = fc.oneof(fc.nat(80), fc.constantFrom(9, 10, 99, 100, 999, 1000, 70_000, 300_000));
    fc.assert(
      fc.property(fc.array(fc.tuple(size, fc.boolean(), fc.boolean()), { maxLength: 8 }), (wanted) => {
        const buffer = new WriteBuffer();
        const block = encodeText("NATS/1.0\r\nname: value\r\n\r\n");
        for (const [bytes, reply, headers] of wanted)
          buffer.publish(
            encodeText("some.subject"),
            reply ? encodeText("_INBOX.me.1") : undefined,
            headers ? block : undefined,
            new Uint8Array(bytes).fill(0x61),
          );
        const seen: [number, boolean, boolean][] = [];
        const decoder = createDecoder((frame) => {
          expect(decodeText(frame.subject)).toBe("some.subject");
          expect(frame.payload.every((byte) => byte === 0x61)).toBe(true);
          seen.push([frame.payload.length, frame.replyLength > 0, frame.headers.length > 0]);
        });
        expect(decoder.push(buffer.take())).toBeNull();
        expect(decoder.held).toBe(0);
        expect(seen).toEqual(wanted);
      }),
      { numRuns: 100 },
    );
  });
});
