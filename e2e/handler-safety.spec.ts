import { createServer } from "node:http";
import { scenarioDocument } from "../src/domain/setup/scenarioSchema.ts";
import type { ResponderSetup } from "../src/domain/setup/setup.ts";
import { expect, test } from "./fixtures/test.ts";
import { ask, handler, Workshop } from "./pages/Workshop.ts";

test("a loop that never ends is noticed, its worker ended, and the page goes on", async ({
  playground,
  nats,
}) => {
  test.slow();
  const workshop = await Workshop.opened(playground);
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
  const workshop = await Workshop.opened(playground);
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
  const workshop = await Workshop.opened(playground);
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
  const workshop = await Workshop.opened(playground);
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
