import { expect, test } from "vitest";
import { encodeUtf8 } from "../base/utf8.ts";
import { createRecord } from "../record/createRecord.ts";
import { fold } from "../record/fold.ts";
import { batchOf } from "../record/testing.ts";
import { formatHeadersBlock } from "../messages/headersBlock.ts";
import { compilePayload } from "../messages/templates.ts";
import type { Exchange } from "../events/exchange.ts";
import { readExchange } from "./readExchange.ts";
import { sameRequest } from "./sameRequest.ts";

/** An exchange whose request had these bytes. */
function exchangeOf(
  bytes: Uint8Array,
  headers: Uint8Array = new Uint8Array(0),
  size = bytes.length,
): Exchange {
  const record = createRecord();
  fold(
    record,
    batchOf([{ kind: "sent", at: 1, reply: "_INBOX.a.1", subject: "user.get", payload: "" }]),
    1,
    0,
  );
  const exchange = readExchange(record, record.exchanges.last);
  if (!exchange) throw new Error("nothing was recorded");
  return { ...exchange, request: { bytes, headers, size } };
}

test.each([
  ["JSON", '{ "user_id": 7 }', "json"],
  ["text", "hello, Grüße", "text"],
  ["nothing", "", "text"],
  ["what looks like a placeholder", '{"n": "{{n}}", "u": "{{uuid}}"}', "base64"],
  ["a quoted placeholder", "{{'n'}}", "base64"],
])("%s is sent again byte by byte", (_what, written, format) => {
  const bytes = encodeUtf8(written);
  const again = sameRequest(exchangeOf(bytes), []);
  expect(again?.payload.format).toBe(format);
  if (!again) return;
  const sent = compilePayload(again.payload)(9, () => 0.5);
  expect(typeof sent === "string" ? encodeUtf8(sent) : sent).toEqual(bytes);
});

test("bytes that are no text stay as they are", () => {
  const bytes = Uint8Array.of(0xff, 0, 0xc3);
  const again = sameRequest(exchangeOf(bytes), []);
  expect(again && compilePayload(again.payload)(1, () => 0)).toEqual(bytes);
});

test("headers go along, but not those that the client adds by itself", () => {
  const headers = formatHeadersBlock([
    { name: "Trace-Id", value: "42" },
    { name: "Idempotency-Key", value: "a" },
    { name: "Attempt", value: "2" },
    { name: "Nats-Trace-Dest", value: "here" },
  ]);
  const again = sameRequest(exchangeOf(encodeUtf8("{}"), headers), ["idempotency-key", "Attempt"]);
  expect(again?.headers).toEqual([{ name: "Trace-Id", value: "42" }]);
});

test("what is not wholly in the record is not sent again", () => {
  expect(sameRequest(exchangeOf(encodeUtf8("abc"), new Uint8Array(0), 10), [])).toBeNull();
});
