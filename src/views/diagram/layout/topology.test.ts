import { expect, test } from "vitest";
import { rowFor, shortNames, topologyOf, type DiagramResponder } from "./topology.ts";

const responder = (
  id: number,
  subject: string,
  queue: string | null,
  subscribed = true,
): DiagramResponder => ({
  id,
  name: `responder-${id}`,
  subject,
  queue,
  subscribed,
});

test("a queue group is per subject, and each subject has one row", () => {
  const { rows, groups } = topologyOf(
    [],
    [responder(1, "user.get", "users"), responder(2, "user.get", "users"), responder(3, "user.set", "users")],
  );
  expect(rows.map(({ subject, queues }) => ({ subject, queues }))).toEqual([
    { subject: "user.get", queues: [{ name: "users", members: 2 }] },
    { subject: "user.set", queues: [{ name: "users", members: 1 }] },
  ]);
  expect(groups.map(({ members }) => members)).toEqual([[1, 2], [3]]);
});

test("responders with and without a queue group on one subject are two groups of one row", () => {
  const { rows, groups } = topologyOf([], [responder(1, "a", "q"), responder(2, "a", null)]);
  expect(rows).toEqual([{ subject: "a", queues: [{ name: "q", members: 1 }], plain: 1 }]);
  expect(groups.map(({ queue, row }) => ({ queue, row }))).toEqual([
    { queue: "q", row: 0 },
    { queue: null, row: 0 },
  ]);
});

test("a request enters the row of its own subject, else the first pattern that takes it, else a row of its own", () => {
  const requester = (id: number, subject: string) => ({ id, name: `client-${id}`, subject });
  const { rows, asks } = topologyOf(
    [requester(1, "user.get"), requester(2, "user.set"), requester(3, "nobody.home")],
    [responder(4, "user.*", null), responder(5, "user.get", null)],
  );
  expect(rows.map(({ subject }) => subject)).toEqual(["user.*", "user.get", "nobody.home"]);
  expect([...asks]).toEqual([
    [1, 1],
    [2, 0],
    [3, 2],
  ]);
  expect(rowFor(["a.*"], "b.c")).toBe(-1);
});

test("a dead responder keeps its place and subscribes to nothing", () => {
  const { rows, groups } = topologyOf([], [responder(1, "a", "q", false)]);
  expect(rows).toEqual([{ subject: "a", queues: [], plain: 0 }]);
  expect(groups[0]?.members).toEqual([1]);
});

test("short names leave out what all names begin with, up to a separator", () => {
  expect(shortNames(["responder-1", "responder-12"])).toEqual({ prefix: "responder-", rest: ["1", "12"] });
  expect(shortNames(["alpha", "alpine"])).toEqual({ prefix: "", rest: ["alpha", "alpine"] });
  expect(shortNames(["only-one"])).toEqual({ prefix: "", rest: ["only-one"] });
  expect(shortNames(["a-", "a-1"])).toEqual({ prefix: "a-", rest: ["a-", "1"] });
});
