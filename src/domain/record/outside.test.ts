import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  ATTRIBUTION_WINDOW_MS,
  attributedUpTo,
  attributionDueAt,
  externalReplies,
  noteTold,
  SURE_AFTER_MS,
} from "./outside.ts";
import { fold, foldState } from "./fold.ts";
import { batchOf, type WrittenEvent } from "./testing.ts";
import { clear, createRecord } from "./createRecord.ts";

const NOW = 1_700_000_000_000;
const CLIENT = 1;
const OTHER = 2;
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

const WAITED = NOW + 10_000;

describe("who of this page took part", () => {
  it("is known after a while where no peer can tell", () => {
    const record = createRecord();
    fold(record, batchOf(delivered(0, NOW)), RESPONDER, 0);
    expect(attributedUpTo(record, NOW + ATTRIBUTION_WINDOW_MS)).toBe(NOW);
    expect(attributionDueAt(record)).toBeNull();
  });

  it("is not known of a request until each peer has told more than what it did before, however long that takes", () => {
    const record = createRecord();
    noteTold(record, CLIENT, NOW);
    noteTold(record, RESPONDER, NOW);
    expect(attributedUpTo(record, WAITED)).toBe(WAITED - ATTRIBUTION_WINDOW_MS);
    fold(record, batchOf(delivered(0, NOW + 1)), RESPONDER, 0);
    expect(attributionDueAt(record)).toBe(NOW + 1 + ATTRIBUTION_WINDOW_MS);
    noteTold(record, RESPONDER, WAITED);
    expect(attributedUpTo(record, WAITED)).toBeLessThan(NOW + 1);
    noteTold(record, CLIENT, NOW + 2 + ATTRIBUTION_WINDOW_MS);
    expect(attributionDueAt(record)).toBeNull();
    expect(attributedUpTo(record, WAITED)).toBeGreaterThan(NOW + 1);
  });

  it("is known at once where the requester tells, and where a peer is gone that could have told", () => {
    const record = createRecord();
    for (const peer of [CLIENT, OTHER, RESPONDER]) noteTold(record, peer, NOW);
    fold(record, batchOf(delivered(0, NOW + 1)), RESPONDER, 0);
    fold(record, batchOf(asked(0, NOW)), CLIENT, 0);
    expect(attributionDueAt(record)).toBeNull();
    fold(record, batchOf(delivered(1, NOW + 2)), RESPONDER, 0);
    noteTold(record, CLIENT, WAITED);
    noteTold(record, RESPONDER, WAITED);
    expect(attributionDueAt(record)).not.toBeNull();
    foldState(record, OTHER, "killed", WAITED, null);
    expect(attributedUpTo(record, WAITED)).toBe(WAITED - ATTRIBUTION_WINDOW_MS);
  });

  it("is not known of a reply whose responder has not told that it sent it", () => {
    const record = createRecord();
    noteTold(record, CLIENT, NOW);
    noteTold(record, RESPONDER, NOW);
    fold(record, batchOf([...asked(0, NOW), ...arrived(0, NOW + 4)]), CLIENT, 0);
    fold(record, batchOf(delivered(0, NOW + 1)), RESPONDER, 0);
    noteTold(record, CLIENT, WAITED);
    expect(attributedUpTo(record, WAITED)).toBeLessThan(NOW + 4);
    fold(
      record,
      batchOf([{ kind: "answered", at: NOW + 3, reply: "_INBOX.test.0", payload: "{}" }]),
      RESPONDER,
      0,
    );
    expect(attributionDueAt(record)).toBeNull();
  });

  it("is known exactly when it was told, in whatever order peers tell", () => {
    const order = fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(order, (numbers) => {
        const record = createRecord();
        noteTold(record, CLIENT, NOW);
        const all = [0, 1, 2].flatMap((n) => [
          () => fold(record, batchOf([...asked(n, NOW), ...arrived(n, NOW + 4)]), CLIENT, 0),
          () =>
            fold(
              record,
              batchOf([
                ...delivered(n, NOW + 1),
                { kind: "answered", at: NOW + 2, reply: `_INBOX.test.${n}`, payload: "{}" },
              ]),
              RESPONDER,
              0,
            ),
        ]);
        for (const number of numbers) all[number]?.();
        expect(attributionDueAt(record)).toBeNull();
      }),
    );
  });
});
