import { createServer } from "node:http";
import type { NatsConnection } from "nats";
import { scenarioDocument } from "../src/domain/setup/scenarioSchema.ts";
import type { ResponderSetup } from "../src/domain/setup/setup.ts";
import { expect, test } from "./fixtures/test.ts";
import { Workshop } from "./pages/Workshop.ts";

/** What the page answers to a program outside of it. */
async function ask(nats: NatsConnection, payload = "{}", subject = "user.get"): Promise<unknown> {
  const { data } = await nats.request(subject, payload, { timeout: 5000 });
  const text = new TextDecoder().decode(data);
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const handler = (body: string): string =>
  `export default async function answer(request, context) {\n  ${body}\n}\n`;

test("a built-in handler opens as its source, is changed while a load runs, and reset", async ({
  playground,
  nats,
}) => {
  await playground.open();
  // A machine that stands still for a second loses nothing.
  await playground.setTimeoutMs(10_000);
  const workshop = new Workshop(playground);
  await workshop.open();
  await expect(workshop.source).toContainText("export default function lookUpUser(request)");
  await expect(workshop.button("Apply")).toBeDisabled();

  await playground.startLoad({ Rate: "100", Requests: "5000" }, { "Load model": "fixed rate" });
  await workshop.apply(handler("return { changed: request.json().user_id, by: context.name };"));
  expect(await ask(nats, '{"user_id": 7}')).toEqual({ changed: 7, by: "responder-1" });
  await expect(playground.inspector.getByLabel("Handler", { exact: true })).toContainText(
    "User lookup, own code",
  );

  await workshop.button("Reset handler").click();
  await expect(workshop.source).toContainText("lookUpUser");
  expect(await ask(nats, '{"user_id": 7}')).toMatchObject({ name: "User 7" });
  await playground.page.getByRole("button", { name: "Undo" }).click();
  await expect(workshop.source).toContainText("changed");
  expect(await ask(nats, '{"user_id": 7}')).toMatchObject({ changed: 7 });
  // None of the load that ran through all this was lost.
  await playground.stopLoad();
  await expect.poll(async () => (await playground.exportResults()).counts.inFlight).toBe(0);
  const { counts } = await playground.exportResults();
  expect(counts.replied).toBe(counts.started);
});

test("it keeps state, logs, waits, asks another service, and its random numbers are the seed's", async ({
  playground,
  nats,
}) => {
  nats.subscribe("auth.verify", {
    callback: (_error, message) =>
      void message.respond(`${message.string()}!${message.headers?.get("Trace-Id") ?? ""}`),
  });
  await nats.flush();
  await playground.open();
  const workshop = new Workshop(playground);
  await workshop.open();
  await workshop.apply(
    handler(`context.state.count = (context.state.count ?? 0) + 1;
  context.log("asked", context.state.count, { headers: request.headers });
  await context.sleep(5);
  const verified = await context.ask("auth.verify", "token", { headers: { "Trace-Id": 12 } });
  let refused;
  try { await context.ask("nobody.there", {}, { timeoutMs: 500 }); } catch (problem) { refused = problem.outcome; }
  return { count: context.state.count, verified: verified.text, refused, random: context.random() };`),
  );
  const first = await ask(nats);
  expect(first).toMatchObject({ count: 1, verified: "token!12", refused: "noResponders" });
  expect(await ask(nats)).toMatchObject({ count: 2 });
  await expect(workshop.log).toContainText('asked 2 {"headers":{}}');
  await expect(playground.inspector.getByRole("log")).toContainText("asked 2");
});

test("bytes come in and go out as they are, and what JSON has no form for is an error with its place", async ({
  playground,
  nats,
}) => {
  await playground.open();
  const workshop = new Workshop(playground);
  await workshop.open();
  await workshop.apply(
    handler(`const bytes = request.data;
  context.log("received", bytes, { bytes });
  switch (request.text) {
    case "buffer": return bytes.buffer;
    case "part": return new Uint16Array(bytes.buffer, 2, 1);
    case "map": return { users: [{ tags: new Map() }] };
    case "function": return () => 1;
    case "ask": return (await context.ask("bytes.there", bytes.subarray(1, 2))).data;
    case "nothing": return;
  }
  return bytes;`),
  );
  nats.subscribe("bytes.there", {
    callback: (_error, message) => void message.respond(Uint8Array.of(0xff, ...message.data)),
  });
  await nats.flush();
  const reply = async (payload: string | Uint8Array) =>
    Buffer.from((await nats.request("user.get", payload, { timeout: 5000 })).data).toString("latin1");
  expect(await reply(Uint8Array.of(0xef, 0xbb, 0xbf, 0x41, 0xff, 0, 0x80))).toBe("\xef\xbb\xbfA\xff\0\x80");
  await expect(workshop.log).toContainText(
    'received <7 bytes: ef bb bf 41 ff 00 80> {"bytes":"<7 bytes: ef bb bf 41 ff 00 80>"}',
  );
  expect(await reply("grüße")).toBe(Buffer.from("grüße").toString("latin1"));
  expect(await reply("buffer")).toBe("buffer");
  expect(await reply("part")).toBe("rt");
  expect(await reply("ask")).toBe("\xffs");
  expect(await reply("nothing")).toBe("");
  const large = Buffer.alloc(896 * 1024, 0xfe);
  expect(large.equals((await nats.request("user.get", large, { timeout: 5000 })).data)).toBe(true);
  expect(await ask(nats, "map")).toEqual({
    error: "The reply.users[0].tags is a Map, which JSON has no form for.",
  });
  expect(await ask(nats, "function")).toEqual({
    error: "The reply is a function, which JSON has no form for.",
  });
  await expect(playground.results.getByRole("alert")).toContainText("which JSON has no form for");
});

test("a mistake is said at its line: while it is written, when it is loaded, and when it runs", async ({
  playground,
  nats,
}) => {
  await playground.open();
  const workshop = new Workshop(playground);
  await workshop.open();
  await workshop.write("export default function answer(request) {\n  return {;\n}\n");
  await expect(workshop.mistake).toHaveCount(1);
  await workshop.button("Apply").click();
  await expect(playground.results.getByRole("alert")).toHaveText(
    "Line 2: Unexpected token. Nothing was applied.",
  );
  expect(await ask(nats, '{"user_id": 1}')).toMatchObject({ name: "User 1" });

  await workshop.apply("const limit = 5;\n\nmissing(limit);\nexport default () => 1;\n");
  await expect(playground.results.getByRole("alert")).toContainText(
    "Line 3: ReferenceError: missing is not defined",
  );
  expect(await ask(nats)).toMatchObject({ error: expect.stringContaining("could not be loaded") });

  await workshop.apply(handler("const user = null;\n\n  return user.name;"));
  await expect(playground.results.getByRole("alert")).toHaveCount(0);
  expect(await ask(nats)).toMatchObject({ error: expect.stringContaining("Cannot read properties of null") });
  await expect(playground.results.getByRole("alert")).toContainText("Line 4: TypeError: Cannot read");
  await expect(workshop.mistake).toHaveText("name");
  await workshop.apply(handler('return (await fetch("/")).status;'));
  expect(await ask(nats)).toMatchObject({ error: expect.stringContaining("A handler has no network") });
  // A throw ends nothing but its request.
  await workshop.apply(handler("return 'fine';"));
  expect(await ask(nats)).toBe("fine");
});

test("a loop that never ends is noticed, its worker ended, and the page goes on", async ({
  playground,
  nats,
}) => {
  test.slow();
  await playground.open();
  const workshop = new Workshop(playground);
  await workshop.open();
  await workshop.apply(handler("while (request.text === 'loop') context.random();\n  return 'out';"));
  expect(await ask(nats, "go")).toBe("out");
  const asked = ask(nats, "loop").catch((problem: unknown) => String(problem));
  await expect(playground.responder("responder-1")).toContainText("crashed", { timeout: 20_000 });
  await expect(
    playground.page.getByText(/responder-1's handler never yielded for 5 s/).first(),
  ).toBeVisible();
  expect(await asked).toContain("TIMEOUT");
  expect(playground.page.frames()).toHaveLength(1);
  const startAgain = playground.page.getByRole("button", { name: "Start it again" });
  await expect(startAgain).toBeVisible();

  await workshop.apply(handler("return 'mended';"));
  await expect(playground.responder("responder-1")).toContainText("connected");
  // It is mended: nothing says any more that it crashed.
  await expect(startAgain).toHaveCount(0);
  expect(await ask(nats, "loop")).toBe("mended");
});

test("a handler that never answers is not waited for without end when another takes its place", async ({
  playground,
  page,
}) => {
  await playground.open();
  await playground.setTimeoutMs(300);
  const workshop = new Workshop(playground);
  await workshop.open();
  await workshop.apply("export default () => new Promise(() => {});\n");
  const itsWorkers = (): number => page.workers().filter((worker) => worker.url().startsWith("blob:")).length;
  await playground.send();
  expect((await playground.settled(1)).counts.timedOut).toBe(1);
  expect(itsWorkers()).toBe(1);
  await workshop.button("Reset handler").click();
  await workshop.applied();
  await playground.setTimeoutMs(2000);
  await playground.send();
  expect((await playground.settled(2)).counts.replied).toBe(1);
  await expect.poll(itsWorkers, { timeout: 20_000 }).toBe(0);
  expect((await playground.settled(2)).responders[0]).toMatchObject({ received: 2, replied: 1, errors: 1 });
});

test("saved under a name, given to another responder, renamed, deleted and brought back", async ({
  playground,
  nats,
}) => {
  await playground.open();
  const workshop = new Workshop(playground);
  await workshop.open();
  await workshop.apply(handler("return { greeting: 'hello ' + context.name };"));
  await workshop.button("Save as …").click();
  await playground.page.getByLabel("Name of the handler").fill("Greeter");
  await playground.page.getByRole("button", { name: "Save", exact: true }).click();
  await playground.responders.getByRole("button", { name: "Add responder" }).click();
  await playground.inspector.getByLabel("Subject").fill("greet");
  await playground.inspector.getByLabel("Handler", { exact: true }).selectOption("Echo");
  // It subscribes anew under the subject that was written.
  await expect(async () => expect(await ask(nats, "x", "greet")).toBe("x")).toPass();
  await playground.inspector.getByLabel("Handler", { exact: true }).selectOption("Greeter");
  await expect.poll(() => ask(nats, "x", "greet")).toEqual({ greeting: "hello responder-2" });

  await workshop.button("Saved handlers").click();
  await playground.page.getByRole("button", { name: "Rename Greeter" }).click();
  await playground.page.getByLabel("New name of Greeter").fill("Welcome");
  await playground.page.keyboard.press("Enter");
  await playground.page.getByRole("button", { name: "Delete Welcome" }).click();
  // What runs it keeps it.
  await expect(playground.inspector.getByLabel("Handler", { exact: true })).toContainText(
    "Welcome, own code",
  );
  await playground.page
    .getByRole("group", { name: "Notice" })
    .filter({ hasText: "The handler Welcome is deleted" })
    .getByRole("button", { name: "Undo" })
    .click();
  await playground.page.reload();
  await playground.everyoneConnected();
  await playground.inspect("responder-2");
  await expect(playground.inspector.getByLabel("Handler", { exact: true })).toContainText("Welcome");
  await expect(playground.inspector).not.toContainText("Welcome, own code");
  expect(await ask(nats, "x", "greet")).toEqual({ greeting: "hello responder-2" });
});

test("what is written and not applied outlives a reload, another selection and an undo, by the keyboard alone", async ({
  playground,
  nats,
}) => {
  await playground.open();
  const workshop = new Workshop(playground);
  await playground.addResponders(1);
  await workshop.open();
  await workshop.write(handler("return 'kept';"));
  await workshop.open("responder-2");
  await expect(workshop.source).not.toContainText("kept");
  await playground.page.reload();
  await playground.everyoneConnected();
  await workshop.open();
  await expect(workshop.source).toContainText("kept");
  await expect(playground.results.getByText("edited, not applied")).toBeVisible();
  expect(await ask(nats, '{"user_id": 1}')).toMatchObject({ name: "User 1" });

  // To all of the queue group, from the keyboard; then out of the editor without a mouse.
  await playground.results.getByLabel("all 2 on user.get in users").check();
  await workshop.source.focus();
  await playground.page.keyboard.press("ControlOrMeta+Enter");
  await workshop.applied();
  for (let n = 0; n < 8; n++) expect(await ask(nats)).toBe("kept");
  await playground.page.keyboard.press("Escape");
  await playground.page.keyboard.press("Tab");
  await expect(workshop.source).not.toBeFocused();
  // It completes what a handler is given.
  await workshop.write("export default function answer(request, context) {\n  context.");
  await playground.page.keyboard.press("Control+Space");
  await expect(playground.page.getByRole("option")).toContainText([
    "ask",
    "log",
    "name",
    "random",
    "sleep",
    "state",
  ]);
});

/** Code that a stranger might send. */
const strangerWith = (source: string): ResponderSetup => ({
  name: "stranger",
  subject: "user.get",
  queue: null,
  handler: { kind: "code", title: "A gift", source },
  delay: { kind: "none" },
  handling: "concurrent",
  errorShare: 0,
  dropShare: 0,
});

test("code from elsewhere does not run before a person has seen it and agreed", async ({
  playground,
  page,
  nats,
}) => {
  const document = scenarioDocument({
    setup: {
      seed: 1,
      responders: [
        strangerWith(
          `const gift = 'from elsewhere';\r\nlet \u0430\u200c; export default () => gift;${" ".repeat(600)}// the end\r\n`,
        ),
      ],
      requesters: [],
    },
  });
  await page.addInitScript((kept) => {
    if (self === top && localStorage.getItem("roundtrip.setup") === null) {
      localStorage.setItem("roundtrip.setup", JSON.stringify(kept));
    }
  }, document);
  await playground.open();
  await expect(playground.responder("stranger")).toContainText("code not reviewed");
  expect(page.frames()).toHaveLength(1);
  await expect(ask(nats)).rejects.toThrow("503");
  await playground.responder("stranger").getByRole("button", { name: "Review and run" }).click();
  const workshop = new Workshop(playground);
  await expect(workshop.source).toContainText("from elsewhere");
  await expect(ask(nats)).rejects.toThrow("503");
  // What stands behind 600 spaces is in sight; what is not seen is named; its line ends are no change of a person's.
  const end = workshop.source.getByText("// the end");
  await expect(end).toBeInViewport();
  const box = await end.boundingBox();
  const pane = await workshop.source.boundingBox();
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual((pane?.x ?? 0) + (pane?.width ?? 0) + 1);
  await expect(workshop.source.getByRole("img", { name: "zero-width non-joiner (U+200C)" })).toBeVisible();
  await expect(playground.results.getByRole("alert")).toContainText(
    "Look twice: it holds zero-width non-joiner (U+200C) in line 2; Cyrillic letter “а” (U+0430) in line 2; 600 spaces in line 2.",
  );
  await expect(playground.results.getByText("not running")).toBeVisible();
  // Nor is it offered as a program, which no sandbox would hold.
  const { results } = playground;
  await results.getByRole("tab", { name: "Code" }).click();
  await expect(results).toContainText("Review the handler of stranger first");
  await expect(results).toContainText("A program has no sandbox");
  await expect(results.getByRole("group", { name: /^The program, / })).toHaveCount(0);
  await expect(results.getByRole("button", { name: "Copy", exact: true })).toHaveCount(0);
  await results.getByRole("button", { name: "Review the handler" }).click();
  await workshop.button("Agree and run").click();
  await expect(playground.responder("stranger")).toContainText("connected");
  await results.getByRole("tab", { name: "Code" }).click();
  await expect(results.getByRole("group", { name: /^The program, / })).toContainText("from elsewhere");
  await expect(results).toContainText("There is no sandbox around this program");
  expect(await ask(nats)).toBe("from elsewhere");
  await page.reload();
  await expect(playground.responder("stranger")).toContainText("connected");
});

test("what is shown is what is agreed to and run, also where it was changed before", async ({
  playground,
  page,
  nats,
}) => {
  const gift = "export default () => 'as it came';";
  await playground.open();
  const setup = { seed: 1, responders: [strangerWith(gift)], requesters: [] };
  const file = { name: "gift.json", mimeType: "application/json" };
  await page.getByRole("button", { name: "Setups" }).click();
  await page
    .getByLabel("File of a setup")
    .setInputFiles({ ...file, buffer: Buffer.from(JSON.stringify(scenarioDocument({ setup }))) });
  await playground.responder("stranger").getByRole("button", { name: "Review and run" }).click();
  const workshop = new Workshop(playground);
  await workshop.write("export default () => 'as it is shown';");
  await expect(playground.results.getByText("edited, not applied")).toBeVisible();
  await workshop.button("Agree and run").click();
  await expect(playground.responder("stranger")).toContainText("connected");
  expect(await ask(nats)).toBe("as it is shown");
  // And the code as it came is not agreed to.
  await page.getByRole("button", { name: "Setups" }).click();
  await page
    .getByLabel("File of a setup")
    .setInputFiles({ ...file, buffer: Buffer.from(JSON.stringify(scenarioDocument({ setup }))) });
  await expect(playground.responder("stranger")).toContainText("code not reviewed");
});

test("a flood of lines and uncaught errors leaves the page and the record usable", async ({
  playground,
  nats,
}) => {
  await playground.open();
  const workshop = new Workshop(playground);
  await workshop.open();
  await workshop.apply(
    handler(`for (let n = 0; n < 50_000; n++) context.log("line", n);
  setTimeout(() => { throw new RangeError("later"); });
  return "done";`),
  );
  expect(await ask(nats)).toBe("done");
  await expect(workshop.log).toContainText("line 0");
  await expect(workshop.log).toContainText("which is left out");
  await expect(workshop.log).toContainText("Nobody caught: RangeError: later");
  await expect(playground.results.getByRole("alert")).toContainText("Line 3: RangeError: later");
});

test("code that puts its own in place of the language's methods is never handed the port of its runtime", async ({
  playground,
  nats,
}) => {
  await playground.open();
  const workshop = new Workshop(playground);
  await workshop.open();
  await workshop.apply(CATCHES_THE_PORT);
  for (let n = 0; n < 3; n++) expect(await ask(nats)).toBe("out");
  await workshop.apply(CATCHES_THE_PORT.replace('"out"', '"out again"'));
  expect(await ask(nats)).toBe("out again");
  await expect(workshop.log).toContainText("awake");
  await expect(workshop.log).not.toContainText("caught");
});

test("handlers that go with their process are told as such, and not as ones that never yield", async ({
  playground,
  page,
  nats,
}) => {
  await playground.open();
  const workshop = new Workshop(playground);
  await workshop.open();
  await workshop.apply(handler("return 'fine';"));
  expect(await ask(nats)).toBe("fine");
  // Playwright gives the page up when any process of it crashes: from here on the browser itself is asked.
  const browser = await page.context().browser()?.newBrowserCDPSession();
  if (!browser) throw new Error("There is no browser to ask.");
  const { targetInfos } = await browser.send("Target.getTargets");
  const say = async (type: string, method: string, params: object = {}): Promise<string> => {
    const target = targetInfos.find((target) => target.type === type && target.url.startsWith("http"));
    if (!target) throw new Error(`There is no ${type}.`);
    const { targetId } = target;
    const { sessionId } = await browser.send("Target.attachToTarget", { targetId, flatten: false });
    const answer = new Promise<string>((resolve) =>
      browser.on("Target.receivedMessageFromTarget", ({ message }) => resolve(message)),
    );
    const message = JSON.stringify({ id: 1, method, params });
    await browser.send("Target.sendMessageToTarget", { sessionId, message });
    return method === "Page.crash" ? "" : answer;
  };
  await say("iframe", "Page.crash");
  const words = { expression: "document.body.innerText", returnByValue: true };
  await expect
    .poll(() => say("page", "Runtime.evaluate", words), { timeout: 20_000 })
    .toContain("responder-1's handler is gone with the process of the browser that runs handlers");
  expect(await say("page", "Runtime.evaluate", words)).not.toContain("never yielded");
});

test.describe("the sandbox", () => {
  test.use({ expectedNoise: [/Content Security Policy|violates/] });

  test("has no page, no storage, and no network but NATS", async ({ playground, nats, app }) => {
    const arrived: string[] = [];
    const listener = createServer((request, response) => {
      arrived.push(request.url ?? "");
      response.setHeader("Access-Control-Allow-Origin", "*");
      response.setHeader("Content-Type", "text/javascript");
      response.end("export default 1;");
    });
    await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
    const address = listener.address();
    const there = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
    // The listener would hear it.
    await fetch(`${there}/heard`);
    expect(arrived).toEqual(["/heard"]);

    await playground.open();
    const workshop = new Workshop(playground);
    await workshop.open();
    await workshop.apply(`
const there = "${there}", app = "${app}";
const attempts = {
${Object.entries(ATTEMPTS)
  .map(([name, attempt]) => `  ${JSON.stringify(name)}: async () => { ${attempt} },`)
  .join("\n")}
};
export default async function answer() {
  const escaped = {};
  for (const [name, attempt] of Object.entries(attempts)) {
    try { escaped[name] = String(await attempt()); } catch { continue; }
    if (escaped[name] === "undefined") delete escaped[name];
  }
  return escaped;
}`);
    expect(await ask(nats)).toEqual({});
    expect(arrived).toEqual(["/heard"]);
    listener.close();
  });
});

/** Ways out of the sandbox. Each has to throw or to come to nothing. */
const ATTEMPTS: Readonly<Record<string, string>> = {
  fetch: "return (await fetch(there + '/fetch', { mode: 'no-cors' })).type",
  "fetch of the app": "return (await self.fetch(app + 'roundtrip.json')).status",
  "fetch by the prototype": "return self.__proto__.__proto__.fetch.call(self, there + '/proto')",
  XMLHttpRequest:
    "const x = new XMLHttpRequest(); x.open('GET', there + '/xhr', false); x.send(); return x.status",
  WebSocket: "return new WebSocket(there.replace('http', 'ws'))",
  WebTransport: "return new WebTransport('https://127.0.0.1:1/')",
  EventSource: "return new EventSource(there + '/events')",
  "navigator.sendBeacon": "return navigator.sendBeacon(there + '/beacon')",
  indexedDB: "return indexedDB.open('x')",
  caches: "return await caches.open('x')",
  "navigator.storage": "return await navigator.storage.getDirectory()",
  "navigator.locks": "return navigator.locks",
  importScripts: "return importScripts(there + '/script.js')",
  "import of another host": "return await import(there + '/module.js')",
  "import of the app": "return await import(app + 'assets/none.js')",
  "import of data": "return (await import('data:text/javascript,export default 1')).default",
  "import of a blob": "return (await import(URL.createObjectURL(new Blob(['export default 1'])))).default",
  BroadcastChannel: "return new BroadcastChannel('x')",
  Worker: "return new Worker(there + '/worker.js')",
  SharedWorker: "return new SharedWorker(there + '/shared.js')",
  "postMessage to the page": "return postMessage('x')",
  "postMessage by the prototype": "return self.constructor.prototype.postMessage",
  "the message port": "return MessagePort.prototype",
  MessageChannel: "return new MessageChannel()",
  "self.close": "return self.close()",
  location: "return location.href",
  document: "return document",
  "window and parent": "return (globalThis.parent ?? globalThis.window ?? globalThis.opener).location",
  eval: "return (0, eval)('1')",
  "the constructor of functions": "return (() => {}).constructor('return this')()",
  "the constructor of async functions": "return await (async () => {}).constructor('return this')()",
  "the constructor of generators": "return (function* () {}).constructor('return this')().next()",
  "a timer of text":
    "globalThis.ran = undefined; setTimeout('globalThis.ran = 1'); await new Promise((r) => setTimeout(r, 20)); return globalThis.ran",
  "the frames of a stack": "Error.prepareStackTrace = (_, frames) => frames; return new Error().stack",
  "arguments.callee": "return (function () { return arguments.callee.caller; })()",
  WebAssembly: "return new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))",
  FontFace: "return await new FontFace('x', `url(${there}/font)`).load()",
};

/** Watches all that is called of what each object has, for a message port or an event of one. */
const CATCHES_THE_PORT = `
const { apply, construct } = Reflect;
const isPort = (value) => {
  try { return typeof value.start === "function" && typeof value.postMessage === "function"; } catch { return false; }
};
let caught = "", looking = false;
const look = (name, self, values) => {
  if (looking) return;
  looking = true;
  for (let n = -1; n < values.length; n++) {
    const value = n < 0 ? self : values[n];
    let port = isPort(value);
    try { port ||= isPort(value.target); } catch {}
    if (port) caught ||= name;
  }
  looking = false;
};
const AsyncFunction = (async () => {}).constructor;
for (const of of [Function, AsyncFunction, Object, Array, String, RegExp, Map, Set, Promise, Number, Symbol, Error, Reflect, JSON, Uint8Array,
  ArrayBuffer, TextEncoder, TextDecoder, Performance, EventTarget, Event])
  for (const holder of [of, of.prototype])
    for (const key of holder ? Reflect.ownKeys(holder) : []) {
      const property = Reflect.getOwnPropertyDescriptor(holder, key);
      if (!property.configurable || key === "constructor") continue;
      for (const part of ["value", "get", "set"]) {
        const own = property[part];
        if (typeof own !== "function") continue;
        property[part] = function (...values) {
          look(String(key), this, values);
          return new.target ? construct(own, values) : apply(own, this, values);
        };
      }
      Reflect.defineProperty(holder, key, property);
    }
Reflect.defineProperty(Array.prototype, "0", { set(value) { look("0", this, [value]); Reflect.defineProperty(this, "0", { value, writable: true, enumerable: true, configurable: true }); } });
export default async function answer(request, context) {
  context.log("awake");
  await context.sleep(1);
  if (caught) context.log("caught", caught);
  return caught ? "caught by " + caught : "out";
}
`;
