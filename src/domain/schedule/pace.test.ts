import { expect, test } from "vitest";
import { findExchange } from "../exchanges/readExchange.ts";
import { outcomeCode } from "../events/outcomes.ts";
import { replyKeyOf } from "../events/replyKey.ts";
import { createRecord } from "../record/createRecord.ts";
import { fold } from "../record/fold.ts";
import { batchOf } from "../record/testing.ts";
import { pacedFrom, paceOf } from "./pace.ts";

const reply = "_INBOX.a.b";
const about = { reply, subject: "user.get" };

/** A round trip of which the handler takes nearly everything. */
function slowHandler() {
  const record = createRecord({ events: 64, exchanges: 8, textBytes: 1024 });
  const requester = [
    { kind: "attempted", at: 1000, code: 2000, ...about },
    { kind: "sent", at: 1000, ...about },
    { kind: "arrived", at: 1088, reply, payload: "yes" },
    { kind: "settled", at: 1088, reply, code: outcomeCode("replied") },
  ] as const;
  const responder = [
    { kind: "delivered", at: 1001, ...about },
    { kind: "handling", at: 1001, reply },
    { kind: "handled", at: 1087, reply },
    { kind: "answered", at: 1087, reply, payload: "yes" },
  ] as const;
  fold(record, batchOf(requester), 1, 0);
  fold(record, batchOf(responder), 2, 0);
  const exchange = findExchange(record, replyKeyOf(reply));
  if (!exchange) throw new Error("the exchange is not in the record");
  return exchange;
}

test("seconds go to the hops of a call and not to the work of its handler", () => {
  const pace = paceOf([slowHandler()], 1000, 1088);
  const lengthOf = (from: number, to: number): number => {
    const msAt = (at: number): number => pace.ms[pace.at.indexOf(at)] ?? NaN;
    return msAt(to) - msAt(from);
  };
  const hops = lengthOf(1000, 1001) + lengthOf(1087, 1088);
  expect(hops).toBe(3200);
  expect(lengthOf(1001, 1087)).toBeGreaterThan(0);
  expect(lengthOf(1001, 1087)).toBeLessThan(hops / 3);
});

test("what is played only ever goes on, and ends where it should", () => {
  const pace = paceOf([slowHandler()], 999, 1089);
  let at = 999;
  for (let frame = 0; frame < 400; frame++) {
    const next = pacedFrom(pace, at, 16);
    expect(next).toBeGreaterThanOrEqual(at);
    at = next;
  }
  expect(at).toBe(1089);
  expect(pacedFrom(pace, 999, 0)).toBe(999);
});
