import { expect, test } from "vitest";
import { FLAG } from "../events/events.ts";
import { fold } from "../record/fold.ts";
import { batchOf, type WrittenEvent } from "../record/testing.ts";
import { readFrame } from "./wireLines.ts";
import { explainFrame } from "./wireWords.ts";
import { createRecord } from "../record/createRecord.ts";

function explained(event: Omit<WrittenEvent, "at">): string {
  const record = createRecord({ events: 8, exchanges: 8, textBytes: 1024 });
  fold(record, batchOf([{ ...event, at: 1 }]), 1, 0);
  const frame = readFrame(record, 1);
  if (!frame) throw new Error("it is not a frame");
  return explainFrame(frame);
}

test.each<[Omit<WrittenEvent, "at">, string]>([
  [{ kind: "subscribed", subject: "user.get", queue: "users", code: 2 }, "member of queue group users"],
  [{ kind: "subscribed", subject: "user.get", code: 2 }, "without a queue group"],
  [{ kind: "subscribed", subject: "_INBOX.a.*", code: 1 }, "once for all its requests"],
  [{ kind: "subscribed", subject: "_INBOX.a", code: 1 }, "an inbox for one request alone"],
  [{ kind: "unsubscribed", code: 3 }, "ends its subscription 3"],
  [{ kind: "unsubscribed", code: 3, link: 1 }, "after 1 message, as with"],
  [{ kind: "sent", reply: "r" }, "A request"],
  [{ kind: "delivered", reply: "r", code: 4 }, "for subscription 4"],
  [{ kind: "answered", reply: "r" }, "A reply: an ordinary message"],
  [{ kind: "arrived", reply: "r", link: 1 }, "a reply on the inbox, for subscription 1"],
  [{ kind: "arrived", reply: "r", code: 503 }, "no responders"],
  [{ kind: "ping", flags: FLAG.outgoing }, "The client asks"],
  [{ kind: "ping" }, "The server asks"],
  [{ kind: "pong" }, "The server answers"],
  [{ kind: "connect", flags: FLAG.outgoing }, "masked here, not on the wire"],
])("%o is explained", (event, words) => {
  expect(explained(event)).toContain(words);
});

test("every explanation is one sentence", () => {
  for (const kind of ["sent", "published", "message", "info", "connect", "ok", "err", "pong"] as const) {
    expect(explained({ kind })).toMatch(/^[^.]+\.$/);
  }
});
