import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FLAG } from "../events/events.ts";
import { fold } from "../record/fold.ts";
import { readExchange } from "../exchanges/readExchange.ts";
import { asWritten, checkPrefix, isOpenToAll, newPrefix, onTheWire } from "./sharedServer.ts";
import { heardFrom } from "../server/subscribers.ts";
import { batchOf } from "../record/testing.ts";
import { frameText, readFrame } from "../frames/wireLines.ts";
import { createRecord } from "../record/createRecord.ts";

test("which servers everyone knows to be open", () => {
  expect(isOpenToAll("wss://demo.nats.io:8443")).toBe(true);
  expect(isOpenToAll("WSS://Demo.NATS.io/")).toBe(true);
  expect(isOpenToAll("ws://127.0.0.1:9222")).toBe(false);
  expect(isOpenToAll("wss://demo.nats.io.example.org")).toBe(false);
  expect(isOpenToAll("in-tab")).toBe(false);
});

test("a new prefix is a sound one, and a subject with it reads back as it was written", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 10 }), (numbers) => {
      let index = 0;
      const prefix = newPrefix(() => numbers[index++ % numbers.length] ?? 0);
      expect(checkPrefix(prefix)).toBeNull();
      expect(asWritten(onTheWire("user.get", prefix), prefix)).toBe("user.get");
    }),
  );
  expect(onTheWire("user.get", undefined)).toBe("user.get");
  expect(asWritten("_INBOX.a.b", "mine")).toBe("_INBOX.a.b");
});

test("a prefix is one word", () => {
  for (const wrong of ["", "a.b", "*", ">", "a b", "_INBOX", "$SYS", "ü", "x".repeat(33)]) {
    expect(checkPrefix(wrong), wrong).not.toBeNull();
  }
});

describe("the record of a page with a prefix", () => {
  const record = createRecord({ events: 64, exchanges: 16, textBytes: 4096 });
  const reply = "_INBOX.a.b";
  const flags = FLAG.prefixed;
  fold(
    record,
    batchOf([
      { kind: "delivered", at: 2, reply, subject: "mine.user.get", code: 1, flags, payload: "{}" },
      { kind: "answered", at: 3, reply, flags: FLAG.outgoing, payload: "{}" },
      { kind: "subscribed", at: 1, subject: "other.user.get", flags: FLAG.outgoing, code: 1 },
    ]),
    2,
    0,
  );

  test("names subjects as they were written", () => {
    expect(readExchange(record, 1)?.subject).toBe("user.get");
  });

  test("holds the lines as they crossed the wire", () => {
    const texts = [1, 2, 3].flatMap((number) => readFrame(record, number) ?? []).map(frameText);
    expect(texts.join("\n")).toContain("MSG mine.user.get 1 _INBOX.a.b");
    expect(texts.join("\n")).toContain("SUB other.user.get");
  });
});

test("of the server's list of subscriptions only those count that hear subjects with the prefix", () => {
  const subscriptions = ["mine.user.get", "user.get", ">", "*.order.get"].map((subject) => ({
    subject,
    queue: null,
  }));
  const shown = [{ id: 1, name: "a", viaWebSocket: false, ours: null, subscriptions }];
  // Only what the list reads of a connection.
  const connections = { shown, total: 1 } as unknown as Parameters<typeof heardFrom>[0];
  const heard = heardFrom(connections, new Set(), "mine");
  expect(heard.kind === "known" && heard.subscriptions.map(({ subject }) => subject)).toEqual([
    "user.get",
    ">",
    "order.get",
  ]);
});
