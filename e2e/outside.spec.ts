import { headers, StringCodec } from "nats";
import { expect, test } from "./fixtures/test.ts";
import { Playground } from "./pages/Playground.ts";

// A server is killed.
test.use({ expectedNoise: [/WebSocket/] });

const text = StringCodec();

test("a program elsewhere answers: its reply is from outside", async ({ playground, nats }) => {
  nats.subscribe("time.now", {
    callback: (_error, message) => message.respond(text.encode('{"at":"noon"}')),
  });
  await nats.flush();
  await playground.open();
  await playground.requester("client-1").getByLabel("Subject").fill("time.now");
  await playground.send();
  expect((await playground.settled(1)).counts.replied).toBe(1);
  await playground.results.getByRole("tab", { name: "Messages" }).click();
  await playground.results.getByText("time.now").first().click();
  await expect(playground.inspector).toContainText("outside");
  await expect(playground.inspector).toContainText("noon");
  // Nobody here subscribes, and that somebody does elsewhere is seen by the answer.
  await expect(playground.diagram).toContainText("answered outside this page");
  await expect(playground.diagram).not.toContainText("nobody here subscribes");
  await playground.responder("responder-1").getByRole("button", { name: "Remove" }).click();
  await playground.results.getByRole("tab", { name: "Load distribution" }).click();
  const outside = playground.results.getByRole("region", { name: "time.now, outside this page" });
  await expect(outside).toContainText("1 request answered by programs outside");
});

test("two requests with one reply subject are two, each with its own payload, delivery and reply", async ({
  playground,
  nats,
}) => {
  await playground.open();
  for (const id of [1, 2])
    nats.publish("user.get", text.encode(JSON.stringify({ user_id: id })), {
      reply: "_INBOX.once.and.again",
    });
  await nats.flush();
  const results = async () => (await playground.exportResults()).responders[0]?.replied;
  await expect.poll(results).toBe(2);
  await playground.results.getByRole("tab", { name: "Messages" }).click();
  const rows = playground.results.getByText("user.get");
  await expect(rows).toHaveCount(2);
  const { inspector } = playground;
  // The newest is on top.
  for (const [place, id] of [2, 1].entries()) {
    await rows.nth(place).click();
    await expect(inspector.getByRole("heading", { name: /^Reply from/ })).toHaveCount(1);
    await expect(inspector).toContainText(`"user_id":${id}`.replace(":", ": "));
    await expect(inspector).toContainText(`User ${id}`);
    await expect(inspector).not.toContainText(`User ${3 - id}`);
    await expect(inspector).toContainText("Given to one responder");
    await expect(inspector.getByRole("note", { name: "Shared reply subject" })).toContainText("2 requests");
  }
  await playground.send();
  await playground.settled(1);
  await playground.results.getByText("client-1").first().click();
  await expect(inspector).toContainText("client-1");
  await expect(inspector.getByRole("heading", { name: /^Reply from/ })).toHaveCount(1);
  await expect(inspector.getByRole("note", { name: "Shared reply subject" })).toHaveCount(0);
  await expect(inspector.getByRole("table", { name: "Deliveries" }).getByRole("row")).toHaveCount(2);
});

test("a message without a reply subject is listed, as what it is, and counts in no outcome", async ({
  playground,
  nats,
}) => {
  await playground.open();
  nats.publish("user.get", text.encode('{"user_id":41}'));
  await nats.flush();
  await playground.results.getByRole("tab", { name: "Messages" }).click();
  const rows = playground.results.getByRole("grid", { name: "Exchanges" }).getByRole("row");
  const message = rows.filter({ hasText: "no reply asked for" });
  await expect(message).toHaveCount(1);
  await expect(message).toContainText("user.get");
  await expect(message).toContainText("outside");
  await playground.send();
  const { counts, exchanges, responders } = await playground.settled(1);
  expect([counts.started, exchanges.started, responders[0]?.received]).toEqual([1, 1, 1]);
  await expect(rows.filter({ hasText: "client-1" })).toHaveCount(1);

  await message.click();
  const { inspector } = playground;
  await expect(inspector.getByRole("heading", { name: "Message" }).first()).toBeVisible();
  await expect(inspector).toContainText("without a reply subject");
  await expect(inspector.getByRole("group", { name: "Payload of the message" })).toContainText("41");
  await expect(inspector).toContainText("responder-1");
  // It is found by its subject, and in the past from when it came.
  await playground.results.getByLabel("Filter by subject, inbox or name").fill("responder-1");
  await expect(rows).toHaveCount(3);
  await playground.results.getByLabel("Filter by subject, inbox or name").fill("nothing like it");
  await expect(message).toHaveCount(0);
});

test("two pages on one server do not take each other's connections for their own; a server that is gone has nobody", async ({
  playground,
  page,
  server,
}) => {
  test.skip(server.url === "in-tab", "There the server knows itself which connections are whose.");
  await playground.open();
  const second = new Playground(await page.context().newPage());
  await second.open();
  await second.diagram.getByRole("button", { name: /^nats-server in the diagram/ }).click();
  await expect(second.inspector.getByRole("heading", { name: "This page" })).toContainText("3");
  await expect(second.inspector.getByRole("heading", { name: "Other programs" })).toContainText("3");
  await expect(second.inspector).not.toContainText("only this page is connected");
  await second.page.close();
  await expect(playground.diagram).toContainText("one of 1");
  await server.kill();
  await expect(playground.diagram).toContainText("nobody is connected");
  await expect(playground.diagram).not.toContainText("one of 1");
});

/** Runs in a requester's worker: once a request has left, nothing else does for so long. */
function beBusyAfterSending(busyMs: number): void {
  const busyWith = (data: unknown): void => {
    if (!(data instanceof Uint8Array) || !new TextDecoder().decode(data).includes("PUB user.get")) return;
    const until = performance.now() + busyMs;
    while (performance.now() < until);
  };
  const { send } = WebSocket.prototype;
  WebSocket.prototype.send = function (data) {
    send.call(this, data);
    busyWith(data);
  };
  const { postMessage } = MessagePort.prototype;
  MessagePort.prototype.postMessage = function (data: unknown, transfer: unknown = []) {
    const left = data instanceof Uint8Array ? data.slice() : data;
    postMessage.call(this, data, transfer as StructuredSerializeOptions);
    busyWith(left);
  };
}

test("a request whose requester is too busy to tell of it is not taken for one from outside", async ({
  playground,
  page,
}) => {
  await playground.open();
  await playground.results.getByRole("tab", { name: "Messages" }).click();
  for (const worker of page.workers()) {
    if ((await worker.evaluate(() => self.name)) === "client-1")
      await worker.evaluate(beBusyAfterSending, 2000);
  }
  const grid = playground.results.getByRole("grid", { name: "Exchanges" });
  const seen = page.evaluate(
    () =>
      new Promise<{ readonly words: readonly string[]; readonly unknownMs: number }>((resolve) => {
        const words = new Set<string>();
        let since = 0;
        const look = setInterval(() => {
          const said = document.querySelector('[role="gridcell"][data-column="requester"]')?.textContent;
          if (said === undefined || said === null) return;
          since ||= performance.now();
          words.add(said);
          if (said !== "client-1") return;
          clearInterval(look);
          resolve({ words: [...words], unknownMs: performance.now() - since });
        }, 20);
      }),
  );
  await playground.send();
  const { words, unknownMs } = await seen;
  expect(unknownMs, "it took longer than workers are given").toBeGreaterThan(600);
  expect(words).toEqual(["…", "client-1"]);
  await expect(grid).toContainText("replied");
});

test("a program elsewhere asks: it gets its reply, and the page shows the real inbox", async ({
  playground,
  nats,
}) => {
  await playground.open();
  const reply = await nats.request("user.get", text.encode('{"user_id":7}'), { timeout: 5000 });
  expect(reply.json()).toMatchObject({ user_id: 7, name: "User 7" });
  await playground.results.getByRole("tab", { name: "Messages" }).click();
  await playground.results.getByText("user.get").first().click();
  await expect(playground.inspector).toContainText("outside");
  await expect(playground.inspector).toContainText("_INBOX.");
  await expect(playground.diagram).toContainText(/outside/i);
  // Asked elsewhere, so it is none of the page's own calls.
  expect((await playground.exportResults()).counts.started).toBe(0);
  expect((await playground.exportResults()).responders[0]).toMatchObject({ received: 1, replied: 1 });
});

test("a request from elsewhere that a frozen responder holds is in progress, since when it was given it", async ({
  playground,
  nats,
}) => {
  await playground.open();
  await playground.responder("responder-1").getByRole("button", { name: "Freeze" }).click();
  nats.publish("user.get", text.encode("{}"), { reply: "_INBOX.elsewhere.1" });
  await nats.flush();
  await playground.results.getByRole("tab", { name: "Messages" }).click();
  await expect(playground.results.getByRole("grid")).toContainText("in progress");
  await playground.results.getByText("user.get").first().click();
  await expect(playground.inspector).toContainText(/holding it since \d\d:/);
});

test("responders here and elsewhere share a queue group", async ({ playground, nats }) => {
  let elsewhere = 0;
  nats.subscribe("user.get", {
    queue: "users",
    callback: (_error, message) => {
      elsewhere += 1;
      message.respond(text.encode("{}"));
    },
  });
  await nats.flush();
  await playground.open();
  await playground.send(100);
  const { counts, responders } = await playground.settled(100);
  expect(counts.replied).toBe(100);
  expect(elsewhere).toBeGreaterThan(0);
  const here = responders[0]?.received ?? 0;
  expect(elsewhere + here).toBe(100);

  await playground.results.getByRole("tab", { name: "Load distribution" }).click();
  const group = playground.results.getByRole("region", { name: "user.get, queue group users" });
  await expect(group.getByRole("row", { name: /^outside/ })).toContainText(`${elsewhere}${elsewhere} %`);
  await expect(group.getByRole("row", { name: /^responder-1/ })).toContainText(`${here}${here} %`);
  await expect(group).not.toContainText("alone");
  await expect(group).toContainText(`${elsewhere} of this page were answered outside`);
  await expect(playground.diagram).toContainText("queue users · 1 here");
});

test("an error in the headers of a service outside is told with its reason and code", async ({
  playground,
  nats,
}) => {
  const said = headers();
  said.set("Nats-Service-Error", "user 7 not found");
  said.set("Nats-Service-Error-Code", "404");
  nats.subscribe("user.find", {
    callback: (_error, message) => message.respond(undefined, { headers: said }),
  });
  await nats.flush();
  await playground.open();
  await playground.requester("client-1").getByLabel("Subject").fill("user.find");
  await playground.send();
  expect((await playground.settled(1)).counts.errorReply).toBe(1);
  await playground.results.getByRole("tab", { name: "Messages" }).click();
  await playground.results.getByRole("row").getByText("user.find").click();
  await expect(playground.inspector).toContainText("A program outside this page replied with an error");
  await expect(playground.inspector).toContainText("It says: user 7 not found (code 404)");
});

test("a program elsewhere that gets an error from here is told apart from one that gets its reply", async ({
  playground,
  nats,
}) => {
  await playground.open();
  await playground.everyoneConnected();
  const reply = await nats.request("user.get", new Uint8Array(), { timeout: 5000 });
  expect(reply.string()).toContain("error");
  await nats.request("user.get", text.encode('{"user_id":7}'), { timeout: 5000 });
  await playground.results.getByRole("tab", { name: "Messages" }).click();
  const grid = playground.results.getByRole("grid", { name: "Exchanges" });
  const failed = grid.getByRole("row").filter({ hasText: "error reply" });
  await expect(grid).toContainText("answered here");
  await expect(failed).toHaveCount(1);
  await expect(playground.results).toContainText("2 served externally");
  await playground.results.getByRole("button", { name: "error reply" }).click();
  await expect(grid.getByText("user.get")).toHaveCount(1);
  await failed.click();
  await expect(playground.inspector).toContainText("asked outside this page, answered here with an error");
  // It is none of the page's own calls, however it ended.
  const { counts } = await playground.exportResults();
  expect(counts).toMatchObject({ started: 0, errorReply: 0, inFlight: 0 });
});
