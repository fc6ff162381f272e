import { expect, test } from "vitest";
import { findExchange } from "../exchanges/readExchange.ts";
import { FLAG } from "../events/events.ts";
import { outcomeCode, type Outcome } from "../events/outcomes.ts";
import { replyKeyOf } from "../events/replyKey.ts";
import { createRecord } from "../record/createRecord.ts";
import { fold } from "../record/fold.ts";
import { batchOf, type WrittenEvent } from "../record/testing.ts";
import { lastReplyOf } from "./lastReply.ts";

const reply = "_INBOX.a.b";

function repliedWith(events: readonly WrittenEvent[], outcome: Outcome | null) {
  const record = createRecord({ events: 64, exchanges: 8, textBytes: 4096 });
  const about = { reply, subject: "user.get" };
  const end: WrittenEvent[] =
    outcome === null ? [] : [{ kind: "settled", at: 1004, reply, code: outcomeCode(outcome) }];
  const all: WrittenEvent[] = [
    { kind: "attempted", at: 1000, code: 500, ...about },
    { kind: "sent", at: 1000, ...about },
    ...events,
    ...end,
  ];
  fold(record, batchOf(all), 1, 0);
  const exchange = findExchange(record, replyKeyOf(reply));
  if (!exchange) throw new Error("the exchange is not in the record");
  return lastReplyOf(exchange);
}

const arrived = (payload: string, flags = 0): WrittenEvent => ({
  kind: "arrived",
  at: 1003,
  reply,
  payload,
  flags,
});

test("a reply is its body in one line, and an error says that it is one", () => {
  expect(repliedWith([arrived('{\n  "id": 7\n}')], "replied")).toMatchObject({
    tone: "reply",
    words: '{ "id": 7 }',
  });
  expect(repliedWith([arrived('{"error":"no"}', FLAG.error)], "errorReply")).toMatchObject({
    tone: "error",
    words: '{"error":"no"}',
  });
});

test("without a reply the reason stands there, and while it is waited for nothing", () => {
  expect(repliedWith([], "timedOut")?.words).toBe("timed out after 500 ms");
  expect(repliedWith([{ kind: "arrived", at: 1001, reply, code: 503 }], "noResponders")?.words).toBe(
    "503: no responders on user.get",
  );
  expect(repliedWith([], null)).toBeNull();
});
