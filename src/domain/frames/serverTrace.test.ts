import fc from "fast-check";
import { expect, test } from "vitest";
import { fold } from "../record/fold.ts";
import { canTrace, parseServerTrace, readTraces } from "./serverTrace.ts";
import { batchOf } from "../record/testing.ts";
import { createRecord } from "../record/createRecord.ts";

/** As nats-server 2.15.2 sends it, shortened. */
const REPORT = JSON.stringify({
  server: { name: "N1", ver: "2.15.2", seq: 10 },
  request: { header: { "Nats-Trace-Dest": ["_INBOX.a.trace"] }, msgsize: 68 },
  events: [
    {
      type: "in",
      ts: "2026-01-01T00:00:00Z",
      kind: 0,
      cid: 5,
      name: "client-1",
      acc: "$G",
      subj: "user.get",
    },
    { type: "eg", kind: 0, cid: 6, name: "responder-9", sub: "user.*", queue: "users" },
  ],
});

test("reads what a server reports, and nothing else", () => {
  expect(parseServerTrace(REPORT)).toEqual({
    server: "N1",
    version: "2.15.2",
    steps: [
      { kind: "in", connection: 5, name: "client-1", subject: "user.get", queue: null, error: "" },
      { kind: "out", connection: 6, name: "responder-9", subject: "user.*", queue: "users", error: "" },
    ],
  });
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      expect(parseServerTrace(text)).toBeNull();
    }),
  );
});

test("finds the report among the events of its exchange, which it does not change", () => {
  const record = createRecord();
  const reply = "_INBOX.a.b";
  fold(
    record,
    batchOf([
      { kind: "attempted", at: 1, reply, link: 1, subject: "user.get" },
      { kind: "sent", at: 2, reply, subject: "user.get" },
      { kind: "message", at: 3, reply, payload: REPORT },
      { kind: "message", at: 3, payload: REPORT },
    ]),
    1,
    0,
  );
  expect(readTraces(record, 1).map(({ server }) => server)).toEqual(["N1"]);
  expect(record.exchanges.arrivals[1]).toBe(0);
});

test("knows from when on servers trace", () => {
  const versions = ["2.9.10", "2.10.29", "2.11.0", "2.12.0-preview.1", "2.15.2", "3.0.0", "v2.11.1", "dev"];
  expect(versions.map(canTrace)).toEqual([false, false, true, true, true, true, true, true]);
});
