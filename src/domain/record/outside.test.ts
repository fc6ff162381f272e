import { expect, it } from "vitest";
import { externalReplies, SURE_AFTER_MS } from "./outside.ts";
import { fold } from "./fold.ts";
import { batchOf, type WrittenEvent } from "./testing.ts";
import { clear, createRecord } from "./createRecord.ts";

const NOW = 1_700_000_000_000;
const CLIENT = 1;
const RESPONDER = 11;

const asked = (n: number, at: number, subject = "user.get"): WrittenEvent[] => {
  const reply = `_INBOX.test.${n}`;
  return [
    { kind: "attempted", at, link: n + 1, code: 2000, reply, subject },
    { kind: "sent", at, reply, subject, payload: "ask" },
  ];
};
const arrived = (n: number, at: number): WrittenEvent[] => [
  { kind: "arrived", at, reply: `_INBOX.test.${n}`, payload: "{}" },
];
const delivered = (n: number, at: number): WrittenEvent[] => [
  { kind: "delivered", at, reply: `_INBOX.test.${n}`, subject: "user.get", payload: "ask" },
];

it("counts what no responder here got and what was answered all the same", () => {
  const record = createRecord();
  for (let n = 0; n < 4; n++) fold(record, batchOf(asked(n, NOW)), CLIENT, 0);
  fold(record, batchOf([...delivered(0, NOW + 1), ...delivered(1, NOW + 1)]), RESPONDER, 0);
  for (let n = 0; n < 3; n++) fold(record, batchOf(arrived(n, NOW + 2)), CLIENT, 0);
  fold(record, batchOf([{ kind: "arrived", at: NOW + 2, reply: "_INBOX.test.3", code: 503 }]), CLIENT, 0);
  expect(externalReplies(record, "user.get", NOW + SURE_AFTER_MS)).toBe(1);
  expect(externalReplies(record, "user.*", NOW + SURE_AFTER_MS)).toBe(1);
  expect(externalReplies(record, "user.list", NOW + SURE_AFTER_MS)).toBe(0);
  clear(record);
  expect(externalReplies(record, "user.get", NOW + SURE_AFTER_MS)).toBe(0);
});

it("waits until a responder here would have told that it got it, and takes back what one tells", () => {
  const record = createRecord();
  for (const [n, at] of [NOW - 5000, NOW - 999, NOW + 1].entries()) {
    fold(record, batchOf([...asked(n, at), ...arrived(n, at + 1)]), CLIENT, 0);
  }
  expect(externalReplies(record, "user.get", NOW + 2)).toBe(1);
  expect(externalReplies(record, "user.get", NOW + 600)).toBe(2);
  fold(record, batchOf([...delivered(1, NOW - 998), ...delivered(2, NOW + 1)]), RESPONDER, 0);
  expect(externalReplies(record, "user.get", NOW + 600)).toBe(1);
  expect(externalReplies(record, "user.get", NOW + 5000)).toBe(1);
});
