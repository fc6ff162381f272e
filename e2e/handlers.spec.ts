import { expect, test } from "./fixtures/test.ts";
import { ask, handler, Workshop } from "./pages/Workshop.ts";

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
  await playground.page
    .getByRole("group", { name: "Notice" })
    .getByRole("button", { name: "Undo" })
    .last()
    .click();
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
  const workshop = await Workshop.opened(playground);
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
  const workshop = await Workshop.opened(playground);
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
  const workshop = await Workshop.opened(playground);
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

test("saved under a name, given to another responder, renamed, deleted and brought back", async ({
  playground,
  nats,
}) => {
  const workshop = await Workshop.opened(playground);
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
