import { expect, it } from "vitest";
import { groupOutside, heardFrom, listenersTo, nearestListenedTo } from "./subscribers.ts";

it.each<[string, readonly string[], string | null]>([
  ["user.gte", ["order.get", "user.get"], "user.get"],
  ["usr.get", ["user.*"], "user.get"],
  ["user.fetch", ["user.get", "order.get"], "user.get"],
  ["USER.GET", ["user.get"], "user.get"],
  ["orders.v2.create", ["order.v2.>"], "order.v2.create"],
  ["order.eu", ["orders.*"], "orders.eu"],
  ["payment", ["user.get"], null],
  ["user.get", [">", "*.*"], null],
  ["user.get", [], null],
])("what was meant by %s, where %j are listened to: %s", (subject, patterns, nearest) => {
  expect(nearestListenedTo(subject, patterns)).toBe(nearest);
});

const connection = {
  id: 5,
  name: "responder-1",
  client: "nats.ws 1.30.3",
  viaWebSocket: true,
  ours: null,
  inMessages: 0,
  outMessages: 0,
  pendingBytes: 0,
  subscriptions: ["user.get", "_INBOX.abc.*", "$SRV.PING"].map((subject, index) => ({
    id: String(index),
    subject,
    queue: null,
    messages: 0,
  })),
};

it("of the server's list, subscriptions to services count, and whether they are the page's own", () => {
  const outside = { ...connection, id: 6, name: "", viaWebSocket: false };
  const heard = heardFrom({ total: 2, shown: [connection, outside] }, new Set(["responder-1"]));
  expect(heard).toEqual({
    kind: "known",
    complete: true,
    subscriptions: [
      { subject: "user.get", queue: null, by: "responder-1", ours: true },
      { subject: "user.get", queue: null, by: "connection 6", ours: false },
    ],
  });
  expect(listenersTo(heard, "user.get")).toHaveLength(2);
  expect(listenersTo(heard, "user.set")).toEqual([]);
  expect(listenersTo({ kind: "unknown", why: "x" }, "user.get")).toEqual([]);
});

it("a list that leaves connections out is said not to be complete", () => {
  expect(heardFrom({ total: 600, shown: [connection] }, new Set())).toMatchObject({ complete: false });
});

it("names who outside shares a queue group, once each, and nobody of the page", () => {
  const held = (subject: string, queue: string | null, by: string, ours = false) => ({
    subject,
    queue,
    by,
    ours,
  });
  const heard = {
    kind: "known",
    complete: true,
    subscriptions: [
      held("user.get", "users", "responder-1", true),
      held("user.get", "users", "a"),
      held("user.*", "users", "a"),
      held("user.get", "audit", "b"),
      held("user.get", null, "c"),
      held("order.get", "users", "d"),
    ],
  } as const;
  expect(groupOutside(heard, "user.get", "users")).toEqual(["a"]);
  expect(groupOutside(heard, "order.*", "users")).toEqual(["d"]);
  expect(groupOutside({ kind: "asking" }, "user.get", "users")).toEqual([]);
});
