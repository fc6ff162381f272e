import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EventBatch } from "../../domain/events/batch.ts";
import { FLAG, KIND } from "../../domain/events/events.ts";
import { createBatchWriter } from "./batchWriter.ts";

const text = fc.uint8Array({ maxLength: 40 });
const row = fc.record({
  kind: fc.nat(20),
  at: fc.double({ noNaN: true }),
  exchange: fc.maxSafeNat(),
  link: fc.maxSafeNat(),
  code: fc.nat(),
  flags: fc.constantFrom(0, FLAG.error, FLAG.outgoing),
  size: fc.nat(),
  texts: fc.option(
    fc.record({ subject: text, reply: text, headers: text, payload: text }, { requiredKeys: [] }),
    { nil: undefined },
  ),
});

/** Rows again, from the batches that were posted. */
function rowsOf(batches: readonly EventBatch[]): unknown[] {
  return batches.flatMap((batch) => {
    let offset = 0;
    const take = (length: number): number[] => [...batch.bytes.subarray(offset, (offset += length))];
    return Array.from({ length: batch.count }, (_, n) => ({
      kind: batch.kind[n],
      at: batch.at[n],
      exchange: batch.exchange[n],
      link: batch.link[n],
      code: batch.code[n],
      flags: batch.flags[n],
      size: batch.size[n],
      texts: [0, 1, 2, 3].map((column) => take(batch.lengths[n * 4 + column] ?? 0)),
    }));
  });
}

describe("a batch writer", () => {
  it("hands over every event as it was, in order, across any flushes", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(row, fc.boolean()), { maxLength: 700 }), (rows) => {
        const batches: EventBatch[] = [];
        const writer = createBatchWriter((batch) => batches.push(batch));
        for (const [{ kind, at, exchange, link, code, flags, size, texts }, flush] of rows) {
          writer.record(kind, at, exchange, link, code, flags, size, texts);
          if (flush) writer.flush();
        }
        writer.flush();
        expect(rowsOf(batches)).toEqual(
          rows.map(([{ texts = {}, ...rest }]) => ({
            ...rest,
            texts: [texts.subject, texts.reply, texts.headers, texts.payload].map((bytes) => [
              ...(bytes ?? []),
            ]),
          })),
        );
      }),
      { numRuns: 60 },
    );
  });

  it("gives buffers of its own to be transferred, and is not disturbed when they are gone", () => {
    const batches: EventBatch[] = [];
    const writer = createBatchWriter((batch, transfer) => batches.push(structuredClone(batch, { transfer })));
    for (let round = 0; round < 3; round++) {
      writer.record(KIND.log, round, 0, 0, 0, 0, 0, { payload: new Uint8Array([round]) });
      writer.flush();
    }
    expect(batches.map((batch) => [batch.at[0], batch.bytes[0]])).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
    ]);
  });

  it("hands over the first event at once and what follows a frame later, together", async () => {
    const counts: number[] = [];
    let tell = (): void => {};
    const writer = createBatchWriter((batch) => {
      counts.push(batch.count);
      tell();
    });
    const next = (): Promise<void> => new Promise((resolve) => (tell = resolve));
    const record = (): void => writer.record(KIND.ping, 0, 0, 0, 0, 0, 0);
    const before = performance.now();
    record();
    record();
    await next();
    record();
    await Promise.resolve();
    record();
    await next();
    expect(counts).toEqual([2, 2]);
    expect(performance.now() - before).toBeGreaterThanOrEqual(14);
  });

  it("keeps whole payloads when it is quiet, their beginnings when it is busy, and says so", () => {
    const batches: EventBatch[] = [];
    const writer = createBatchWriter((batch) => batches.push(batch));
    const payload = new Uint8Array(2000);
    for (let n = 0; n < 1000; n++) writer.record(KIND.sent, 0, 0, 0, 0, FLAG.outgoing, 2000, { payload });
    writer.flush();
    const [batch] = batches;
    expect([batch?.lengths[3], batch?.flags[0]]).toEqual([2000, FLAG.outgoing]);
    expect([batch?.lengths[999 * 4 + 3], batch?.flags[999]]).toEqual([256, FLAG.outgoing | FLAG.cut]);
    expect(batch?.size[999]).toBe(2000);
  });

  it("hands over only now and then where nobody looks, and at once when somebody does again", async () => {
    const counts: number[] = [];
    const writer = createBatchWriter((batch) => counts.push(batch.count));
    const record = (): void => writer.record(KIND.ping, 0, 0, 0, 0, 0, 0);
    record();
    writer.setSeldom(true);
    for (let n = 0; n < 5; n++) record();
    // Five frames, of which each would have had its batch.
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect(counts).toEqual([1]);
    writer.setSeldom(false);
    expect(counts).toEqual([1, 5]);
  });

  it("is as quick as ever after a time in which nobody looked and nothing waited", async () => {
    const counts: number[] = [];
    const writer = createBatchWriter((batch) => counts.push(batch.count));
    const record = (): void => writer.record(KIND.ping, 0, 0, 0, 0, 0, 0);
    writer.setSeldom(true);
    record();
    writer.flush();
    writer.setSeldom(false);
    record();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(counts).toEqual([1, 1]);
  });

  it("does not wait for the frame when very much is waiting", () => {
    let rows = 0;
    const writer = createBatchWriter((batch) => (rows += batch.count));
    for (let n = 0; n < 40_000; n++) writer.record(KIND.ping, 0, 0, 0, 0, 0, 0);
    expect(rows).toBeGreaterThan(30_000);
    writer.flush();
    expect(rows).toBe(40_000);
  });
});
