import { expect, test } from "vitest";
import type { EventBatch } from "../events/batch.ts";
import { KIND } from "../events/events.ts";
import { fold } from "../record/fold.ts";
import { createHandlerLog } from "./handlerLog.ts";
import type { TrafficRecord } from "../record/trafficRecord.ts";
import { encodeUtf8 } from "../base/utf8.ts";
import { clear, createRecord } from "../record/createRecord.ts";

function say(record: TrafficRecord, peer: number, words: string, at = 1): void {
  const bytes = encodeUtf8(words);
  const batch: EventBatch = {
    count: 1,
    kind: Uint8Array.of(KIND.log),
    at: Float64Array.of(at),
    exchange: Float64Array.of(0),
    link: Float64Array.of(0),
    code: Uint32Array.of(0),
    flags: Uint8Array.of(0),
    size: Uint32Array.of(0),
    lengths: Uint32Array.of(0, 0, 0, bytes.length),
    bytes,
  };
  fold(record, batch, peer, 0);
}

test("the lines of one responder, the newest so many, and none of what was cleared", () => {
  const record = createRecord({ events: 64, exchanges: 16, textBytes: 4096 });
  const log = createHandlerLog(record, 1, 3);
  const words = (): string[] => log.read().map((line) => line.words);
  expect(words()).toEqual([]);
  say(record, 1, "one");
  say(record, 2, "another's");
  say(record, 1, "two");
  expect(words()).toEqual(["one", "two"]);
  expect(log.read()).toBe(log.read());
  for (const each of ["three", "four"]) say(record, 1, each);
  expect(words()).toEqual(["two", "three", "four"]);
  expect(
    createHandlerLog(record, 1, 2)
      .read()
      .map((line) => line.words),
  ).toEqual(["three", "four"]);
  clear(record);
  expect(words()).toEqual([]);
  say(record, 1, "five");
  expect(words()).toEqual(["five"]);
});
