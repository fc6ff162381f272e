import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import type { HandlerProblem } from "../../domain/setup/handlerSource.ts";
import { MOST_ASKED, type FromRuntime } from "../../sandbox/messages.ts";
import type { HandlerContext, HandlerRequest } from "../../wire/replies/handlerContext.ts";
import type { SandboxEnd } from "../messages.ts";
import { createSandbox, type Sandbox } from "./sandbox.ts";

const request: HandlerRequest = {
  subject: "user.get",
  text: "{}",
  data: new Uint8Array(2),
  headers: {},
  json: () => ({}),
};

/** The near end of a sandbox whose far end is the test. */
function open() {
  const { port1: near, port2: far } = new MessageChannel();
  const told = { loaded: 0, lines: 0, asked: 0, problems: [] as HandlerProblem[], ends: [] as SandboxEnd[] };
  const context: HandlerContext = {
    name: "responder-1",
    state: {},
    ask: () => {
      told.asked++;
      return new Promise(() => {});
    },
    sleep: () => Promise.resolve(),
    random: () => 0,
    log: () => void told.lines++,
  };
  const sandbox: Sandbox = createSandbox({
    port: near,
    name: "responder-1",
    seed: 1,
    loose: context,
    onLoaded: () => void told.loaded++,
    onProblem: (problem) => void told.problems.push(problem),
    onEnd: (why) => void told.ends.push(why),
  });
  opened.push(sandbox, far);
  /** Resolves when all that was sent before is dealt with, or is never going to be. */
  const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
  return { sandbox, far, told, context, settled };
}

const opened: (Sandbox | MessagePort)[] = [];
afterEach(() => {
  for (const each of opened.splice(0)) {
    if ("retire" in each) each.retire(() => {});
    else each.close();
  }
});

/** Waits for `count` messages, or for the sandbox to end. */
async function until(isDone: () => boolean): Promise<void> {
  for (let n = 0; n < 200 && !isDone(); n++) await new Promise((resolve) => setTimeout(resolve, 5));
}

test("what its runtime sends in its turn is taken", async () => {
  const { sandbox, far, told, context } = open();
  const handler = sandbox.load("export default () => 1;");
  far.postMessage([{ type: "loaded", load: 1 }]);
  await until(() => told.loaded > 0);
  const answer = handler(request, context);
  far.postMessage([
    { type: "log", id: 1, line: "a line" },
    { type: "ask", id: 1, ask: 1, subject: "a", payload: "", timeoutMs: null, headers: {} },
    { type: "returned", id: 1, payload: "one" },
  ]);
  expect(await answer).toBe("one");
  expect(told).toMatchObject({ loaded: 1, lines: 1, asked: 1, ends: [] });
});

test.each<readonly [string, FromRuntime]>([
  ["loaded", { type: "loaded", load: 1 }],
  ["loaded of no load", { type: "loaded", load: 7 }],
  ["not loaded", { type: "notLoaded", load: 1, name: "", message: "no", line: 0, column: 0 }],
  ["a pong that nobody asked for", { type: "pong" }],
  ["a reply to no request", { type: "returned", id: 1, payload: "" }],
  ["an error of no request", { type: "threw", id: 1, name: "", message: "no", line: 0, column: 0 }],
  [
    "a question for no request",
    { type: "ask", id: 9, ask: 1, subject: "a", payload: "", timeoutMs: null, headers: {} },
  ],
  ["lines", { type: "log", id: 0, line: "line" }],
  ["errors", { type: "uncaught", name: "", message: "no", line: 0, column: 0 }],
])("100,000 forged messages end the sandbox and tell the page a few times at most: %s", async (_, item) => {
  const { sandbox, far, told } = open();
  sandbox.load("export default () => 1;");
  const since = performance.now();
  for (let n = 0; n < 100; n++) far.postMessage(Array.from({ length: 1000 }, () => item));
  await until(() => told.ends.length > 0);
  expect(told.ends).toEqual(["flooded"]);
  expect(told.loaded).toBeLessThanOrEqual(1);
  // Five a second, however long this machine took.
  expect(told.problems.length).toBeLessThanOrEqual(2 + (performance.now() - since) / 200);
});

test("no more questions wait at a time than a runtime lets through", async () => {
  const { far, told } = open();
  const ask = { type: "ask", id: 0, subject: "a", payload: "", timeoutMs: null, headers: {} };
  far.postMessage(Array.from({ length: MOST_ASKED + 50 }, (_, n) => ({ ...ask, ask: n + 1 })));
  far.postMessage([{ type: "log", id: 0, line: "the last" }]);
  await until(() => told.lines > 0);
  expect(told).toMatchObject({ asked: MOST_ASKED, ends: [] });
});

test("whatever comes up, nothing throws, nothing is told twice, and it ends at most once", async () => {
  const type = fc.constantFrom("pong", "loaded", "notLoaded", "returned", "threw", "uncaught", "ask", "log");
  const number = fc.oneof(fc.nat(5), fc.constantFrom(-1, 1.5, NaN, 2 ** 53, "1", null));
  const item = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record(
        { type, id: number, load: number, ask: number, line: fc.string() },
        { requiredKeys: ["type"] },
      ),
    },
    // What a port can carry.
    { weight: 1, arbitrary: fc.oneof(fc.jsonValue(), fc.uint8Array(), fc.constant(undefined), fc.bigInt()) },
  );
  const message = fc.oneof(
    { weight: 9, arbitrary: fc.array(item, { maxLength: 40 }) },
    { weight: 1, arbitrary: fc.oneof(item, fc.constant(Object.assign([], { length: 4_000_000_000 }))) },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(message, { maxLength: 20 }), async (messages) => {
      const { sandbox, far, told, context, settled } = open();
      const handler = sandbox.load("export default () => 1;");
      const runs = [1, 2].map(() => Promise.resolve(handler(request, context)).catch(() => "threw"));
      for (const each of messages) far.postMessage(each);
      await settled();
      await settled();
      far.close();
      expect(runs).toHaveLength(2);
      expect(told.loaded).toBeLessThanOrEqual(1);
      expect(told.asked).toBeLessThanOrEqual(5);
      expect(told.ends.length).toBeLessThanOrEqual(1);
      expect(told.problems.length).toBeLessThanOrEqual(20);
    }),
    { numRuns: 200 },
  );
});
