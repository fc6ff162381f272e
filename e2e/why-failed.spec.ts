import type { Locator } from "@playwright/test";
import { withOtherServer } from "./fixtures/otherServer.ts";
import { expect, test } from "./fixtures/test.ts";
import type { Playground } from "./pages/Playground.ts";

/** Opens an exchange by some words of its row in the Messages tab, and gives what is said of its failure. */
async function whyOf(playground: Playground, words: string): Promise<Locator> {
  await playground.results.getByRole("tab", { name: "Messages" }).click();
  await playground.results.getByRole("row").getByText(words).first().click();
  const why = playground.inspector.getByRole("region", { name: "Why did that fail?" });
  await expect(why).toBeVisible();
  return why;
}

async function delayed(playground: Playground, ms: number): Promise<void> {
  await playground.inspect("responder-1");
  await playground.inspector.getByLabel("Delay", { exact: true }).selectOption("fixed");
  await playground.inspector.getByLabel("Delay in ms").fill(String(ms));
}

test("nobody subscribes: the nearest subject is named, and can be taken, and that can be undone", async ({
  playground,
}) => {
  await playground.open();
  const subject = playground.requester("client-1").getByLabel("Subject");
  await subject.fill("user.gte");
  await playground.send();
  const why = await whyOf(playground, "user.gte");
  await expect(why).toContainText("Nobody subscribed to user.gte");
  await expect(why).toContainText(
    "The most similar subject that somebody subscribes to is user.get: responder-1",
  );
  await why.getByRole("button", { name: "Change the subject of client-1 to user.get" }).click();
  await expect(subject).toHaveValue("user.get");
  await playground.send();
  expect((await playground.settled(2)).counts).toMatchObject({ replied: 1, noResponders: 1 });
  await playground.page
    .getByRole("group", { name: "Notice" })
    .getByRole("button", { name: "Undo" })
    .last()
    .click();
  await expect(subject).toHaveValue("user.gte");
});

test("the server’s own list names subscribers of other programs; a responder is put up where nobody listens", async ({
  playground,
  nats,
}) => {
  nats.subscribe("orders.create.*");
  await nats.flush();
  await playground.open();
  await playground.requester("client-1").getByLabel("Subject").fill("order.create.eu");
  await playground.send();
  const why = await whyOf(playground, "order.create.eu");
  await expect(why).toContainText("is orders.create.eu: a program elsewhere");
  await why.getByRole("button", { name: "Add a responder on order.create.eu" }).click();
  await expect(playground.responder("responder-2")).toContainText("order.create.eu");
  await playground.everyoneConnected();
  await expect(why).toContainText("By now responder-2 subscribes to it");
  await playground.send();
  expect((await playground.settled(2)).counts.replied).toBe(1);
});

test("a frozen responder: it is named, and thawed from there; its reply was late, by so much", async ({
  playground,
}) => {
  await playground.open();
  await playground.setTimeoutMs(300);
  await playground.responder("responder-1").getByRole("button", { name: "Freeze" }).click();
  await expect(playground.responder("responder-1")).toContainText("frozen");
  await playground.send();
  await playground.settled(1);
  const why = await whyOf(playground, "user.get");
  await expect(why).toContainText("responder-1 is frozen");
  await why.getByRole("button", { name: "Thaw responder-1" }).click();
  await expect(playground.responder("responder-1")).not.toContainText("frozen");
  await expect(why).toContainText("responder-1 was frozen");
  await expect(why).toContainText(/The reply of responder-1 came .+ after the timeout of 300 ms/);
});

test("a slow handler: by how much it is too slow, and a timeout that suffices", async ({ playground }) => {
  await playground.open();
  await playground.setTimeoutMs(200);
  await delayed(playground, 700);
  await playground.send();
  const why = await whyOf(playground, "user.get");
  await expect(why).toContainText("The handler of responder-1 needs longer than the timeout");
  await expect(why).toContainText(/Its handler needs \d/);
  await expect(why).toContainText(/That is \d+ ms longer than the timeout of 200 ms leaves/);
  const raise = why.getByRole("button", { name: /^Raise the timeout of client-1 to / });
  // As a rule 1.5 s; more where the machine itself made the handler slow.
  const offered = Number(/ to ([\d.]+) s$/.exec((await raise.textContent()) ?? "")?.[1]) * 1000;
  expect(offered).toBeGreaterThanOrEqual(1500);
  await raise.click();
  await expect(playground.requester("client-1").getByLabel("Timeout", { exact: true })).toHaveValue(
    String(offered),
  );
  await playground.send();
  expect((await playground.settled(2)).counts).toMatchObject({ replied: 1, timedOut: 1 });
});

test("a line of others before it, at a responder that handles one at a time", async ({ playground }) => {
  await playground.open();
  await playground.setTimeoutMs(1000);
  await delayed(playground, 400);
  await playground.inspector.getByLabel("Concurrency").selectOption("oneAtATime");
  await playground.send(5);
  expect((await playground.settled(5)).counts.timedOut).toBeGreaterThan(0);
  await expect.poll(async () => (await playground.exportResults()).counts.late).toBeGreaterThan(0);
  const why = await whyOf(playground, "user.get");
  await expect(why).toContainText("waited too long behind others at responder-1");
  await why.getByRole("button", { name: "Let responder-1 handle many at once" }).click();
  await playground.send(5);
  expect((await playground.settled(10)).counts.replied).toBeGreaterThanOrEqual(5);
});

test("a responder killed while it had the request: started again from there", async ({ playground }) => {
  await playground.open();
  await playground.setTimeoutMs(3000);
  await delayed(playground, 6000);
  await playground.send();
  await expect(playground.responder("responder-1")).toContainText("busy");
  await playground.responder("responder-1").getByRole("button", { name: "Kill" }).click();
  await playground.settled(1);
  const why = await whyOf(playground, "user.get");
  await expect(why).toContainText("responder-1 ended while it had the request");
  await why.getByRole("button", { name: "Start responder-1 again" }).click();
  await playground.everyoneConnected();
  await expect(playground.responder("responder-1")).not.toContainText("dead");
});

test("a dropped request, and a share of drops that is taken back", async ({ playground }) => {
  await playground.open();
  await playground.setTimeoutMs(1000);
  await playground.inspect("responder-1");
  await playground.inspector.getByLabel("Dropped requests").fill("100");
  await playground.send();
  const why = await whyOf(playground, "user.get");
  await expect(why).toContainText("responder-1 dropped the request");
  await why.getByRole("button", { name: "Set the dropped requests of responder-1 to 0" }).click();
  await playground.send();
  expect((await playground.settled(2)).counts.replied).toBe(1);
});

test("a program elsewhere that listens and never answers", async ({ playground, nats }) => {
  nats.subscribe("watched.>");
  await nats.flush();
  await playground.open();
  await playground.setTimeoutMs(200);
  await playground.requester("client-1").getByLabel("Subject").fill("watched.get");
  await playground.send();
  const why = await whyOf(playground, "watched.get");
  await expect(why).toContainText("a program elsewhere did not answer in time");
  await expect(why).toContainText("as watched.>");
});

test("a reply that is too large, and a request that is", async ({ playground }) => {
  await playground.open();
  const payload = playground.requester("client-1").getByLabel("Payload", { exact: true });
  await payload.fill(`{ "user_id": "${"x".repeat(500_000)}" }`);
  await playground.send();
  const why = await whyOf(playground, "user.get");
  await expect(why).toContainText("The reply was too large");
  await expect(why).toContainText(/a reply of 1\.4 MiB, and the server takes at most 1 MiB/);
  await payload.fill(`{ "user_id": "${"x".repeat(1_100_000)}" }`);
  await playground.send();
  await playground.settled(2);
  await playground.transcript.getByRole("button", { name: /ended: refused/ }).click();
  await expect(why).toContainText("The request is too large");
});

test.describe("without its server", () => {
  test.use({ expectedNoise: [/WebSocket connection to|502|ERR_CONNECTION_REFUSED/] });

  test("the connection was down: the server is started from there", async ({ playground, server }) => {
    await playground.open();
    await server.kill();
    await expect(playground.status).not.toContainText("Connected");
    await playground.send();
    await playground.transcript.getByRole("button", { name: /ended before anything was published/ }).click();
    const why = playground.inspector.getByRole("region", { name: "Why did that fail?" });
    await expect(why).toContainText("The connection of client-1 was down");
    await why.getByRole("button", { name: "Start server" }).click();
    await expect(playground.status).toContainText("Connected");
    await expect(why).toContainText("The connection is back");
  });
});

test("where monitoring cannot be reached, it says so and tells what the page knows", async ({
  playground,
  app,
}) => {
  await withOtherServer(app, "", async ({ webSocketUrl }) => {
    await playground.openOn(webSocketUrl);
    await playground.requester("client-1").getByLabel("Subject").fill("users.get");
    await playground.send();
    const why = await whyOf(playground, "users.get");
    await expect(why).toContainText("list of subscriptions cannot be read: the page cannot reach");
    await expect(why).toContainText(
      "The most similar subject that somebody subscribes to is user.get: responder-1",
    );
  });
});

test.describe("what the server does not permit", () => {
  const asUser = (permissions: string): string => `
    authorization { users: [ { user: page, password: page, permissions: { ${permissions} } } ] }
    no_auth_user: page`;

  test("a responder that may not reply, and one that may not subscribe: neither a late reply nor a lost connection", async ({
    playground,
    app,
  }) => {
    const more = asUser('publish: { deny: "_INBOX.>" }, subscribe: { deny: "closed.>" }');
    await withOtherServer(app, more, async ({ webSocketUrl }) => {
      await playground.openOn(webSocketUrl);
      await playground.setTimeoutMs(300);
      await playground.send();
      await playground.settled(1);
      const why = await whyOf(playground, "user.get");
      await expect(why).toContainText("responder-1 may not reply");
      await expect(why).toContainText("allow_responses: true");
      await expect(why).not.toContainText("Raise the timeout");
      await expect(why).not.toContainText("Add a responder");

      await playground.inspect("responder-1");
      await playground.inspector.getByLabel("Subject").fill("closed.door");
      await expect(playground.responder("responder-1")).toContainText("not subscribed");
      // Not as a dead one is drawn.
      await expect(
        playground.diagram.getByRole("button", { name: "responder-1 in the diagram, not subscribed" }),
      ).toBeVisible();
      await expect(playground.diagram.locator('svg[data-activity="refused"]').first()).toBeVisible();
      await expect(playground.inspector).toContainText(
        "does not permit this user to subscribe to closed.door",
      );
      await playground.requester("client-1").getByLabel("Subject").fill("closed.door");
      await playground.send();
      const nobody = await whyOf(playground, "closed.door");
      await expect(nobody).toContainText(
        "responder-1 would answer on closed.door, but is connected and not subscribed",
      );
      await playground.inspect("responder-1");
      await playground.inspector.getByLabel("Subject").fill("open.door");
      await expect(playground.responder("responder-1")).toContainText("connected");
    });
  });

  test("a requester that may not subscribe to inboxes: that is not its subject", async ({
    playground,
    app,
  }) => {
    await withOtherServer(app, asUser('subscribe: { deny: "_INBOX.>" }'), async ({ webSocketUrl }) => {
      await playground.openOn(webSocketUrl);
      await playground.send();
      const why = await whyOf(playground, "user.get");
      await expect(why).toContainText("The requester may not receive replies");
      await expect(why).toContainText(`allow it to subscribe to "_INBOX.>"`);
      await expect(why).not.toContainText("may not publish");
    });
  });
});
