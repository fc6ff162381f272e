import { expect, test } from "./fixtures/test.ts";

test("add, rename, duplicate, remove and undo", async ({ playground }) => {
  await playground.open();
  await playground.responders.getByRole("button", { name: "Add responder" }).click();
  await expect(playground.responder("responder-2")).toBeVisible();
  await playground.inspector.getByLabel("Name").fill("ada");
  await playground.inspector.getByLabel("Name").press("Enter");
  await expect(playground.responder("ada")).toBeVisible();
  await expect(playground.responder("responder-2")).toHaveCount(0);
  await playground.responder("ada").getByRole("button", { name: "Duplicate" }).click();
  await expect(playground.responders.getByRole("group")).toHaveCount(3);
  await playground.responder("ada").getByRole("button", { name: "Remove" }).click();
  await expect(playground.responder("ada")).toHaveCount(0);
  await playground.page
    .getByRole("group", { name: "Notice" })
    .getByRole("button", { name: "Undo" })
    .last()
    .click();
  await expect(playground.responder("ada")).toContainText("connected");
});

test("several are added, unless it is not clear how many; the focus stays in the list when one goes", async ({
  playground,
}) => {
  await playground.open();
  const many = playground.responders.getByLabel("Responders to add");
  await many.fill("-1");
  await playground.responders.getByRole("button", { name: /^Add \d+ responders?$/ }).click();
  const refusal = playground.page.getByText("Nothing was added. Responders to add:");
  await expect(refusal).toBeVisible();
  await expect(many).toBeFocused();
  await expect(playground.responders.getByRole("group")).toHaveCount(1);
  await many.fill("2");
  await expect(refusal).toBeHidden();
  await playground.responders.getByRole("button", { name: /^Add \d+ responders?$/ }).click();
  await expect(playground.responders.getByRole("group")).toHaveCount(3);

  await playground.responder("responder-2").getByRole("button", { name: "Remove" }).press("Enter");
  await expect(playground.responder("responder-3").getByRole("button", { name: "Remove" })).toBeFocused();
  await playground.page.keyboard.press("Enter");
  await playground.page.keyboard.press("Enter");
  await expect(playground.responders.getByRole("group")).toHaveCount(0);
  await expect(playground.responders.getByRole("button", { name: "Add responder" })).toBeFocused();
});

test("a rename is a new connection under the new name, and it answers", async ({ playground }) => {
  await playground.open();
  await playground.inspect("responder-1");
  await playground.inspector.getByLabel("Name").fill("grace");
  await playground.inspector.getByLabel("Name").press("Enter");
  await expect(playground.responder("grace")).toContainText("connected");
  await playground.send();
  const { counts, responders } = await playground.settled(1);
  expect(counts.replied).toBe(1);
  expect(responders).toEqual([expect.objectContaining({ name: "grace", received: 1 })]);
});

test("a subject edited live moves the responder, and wildcards take what matches", async ({ playground }) => {
  await playground.open();
  await playground.inspect("responder-1");
  const subject = playground.inspector.getByLabel("Subject");
  await subject.fill("user.>");
  const asks = playground.requester("client-1").getByLabel("Subject");
  await asks.fill("user.profile.get");
  await expect
    .poll(async () => {
      await playground.send();
      return (await playground.exportResults()).counts.replied;
    })
    .toBeGreaterThan(0);
  await asks.fill("order.get");
  const before = (await playground.exportResults()).counts;
  await playground.send();
  expect((await playground.settled(before.started + 1)).counts.noResponders).toBe(before.noResponders + 1);
});

test("a bad subject is said beside the field, and nothing else is sent instead", async ({ playground }) => {
  await playground.open();
  const subject = playground.requester("client-1").getByLabel("Subject");
  await subject.fill("user get");
  await expect(playground.requester("client-1").getByRole("alert")).toContainText("space");
  await playground.send();
  await expect(subject).toBeFocused();
  await expect(playground.page.getByText("Nothing was sent. Subject:")).toBeVisible();
  await subject.blur();
  await playground.page.keyboard.press("s");
  await expect(subject).toBeFocused();
  expect((await playground.exportResults()).counts.started).toBe(0);
  await subject.fill("user.get");
  await playground.send();
  expect((await playground.settled(1)).counts.replied).toBe(1);
  await playground.inspect("responder-1");
  await playground.inspector.getByLabel("Subject").fill("user..get");
  await expect(playground.inspector.getByRole("alert")).toBeVisible();
  await playground.send();
  expect((await playground.settled(2)).counts.replied).toBe(2);
});

test("malformed JSON is said beside the payload, and stops a send and a load", async ({ playground }) => {
  await playground.open();
  const requester = playground.requester("client-1");
  await requester.getByLabel("Payload", { exact: true }).fill('{ "user_id": ');
  await expect(requester.getByRole("alert")).toBeVisible();
  await playground.send();
  await requester.getByRole("button", { name: /^Send [\d,]+ at once$/ }).click();
  await requester.getByRole("button", { name: "Start load" }).click();
  await expect(requester.getByLabel("Payload", { exact: true })).toBeFocused();
  expect((await playground.exportResults()).counts.started).toBe(0);
});

test("impossible numbers are refused beside the field", async ({ playground }) => {
  await playground.open();
  await playground.setTimeoutMs(0);
  await expect(playground.requester("client-1").getByRole("alert")).toContainText("outside");
  await playground.setTimeoutMs(250);
  await expect(playground.requester("client-1").getByRole("alert")).toHaveCount(0);
});

test("fifty responders: all connect, all are named, the diagram holds them", async ({ playground }) => {
  test.slow();
  await playground.open();
  await playground.addResponders(49);
  await expect(playground.responders.getByRole("group")).toHaveCount(50);
  await playground.send(500);
  const { counts, responders } = await playground.settled(500);
  expect(counts.replied).toBe(500);
  expect(responders.filter(({ received }) => received > 0).length).toBeGreaterThan(40);
});

test("headers travel, and are shown on the exchange", async ({ playground, nats }) => {
  const seen: string[] = [];
  nats.subscribe("with.headers", {
    callback: (_error, message) => {
      seen.push(message.headers?.get("Trace-Id") ?? "");
      message.respond();
    },
  });
  await nats.flush();
  await playground.open();
  const requester = playground.requester("client-1");
  await requester.getByLabel("Subject").fill("with.headers");
  await requester.getByText("Name, inbox, headers, trace").click();
  await requester.getByLabel("Headers").fill("Trace-Id: 42");
  await playground.send();
  await playground.settled(1);
  expect(seen).toEqual(["42"]);
  await playground.results.getByRole("tab", { name: "Messages" }).click();
  await playground.results.getByText("with.headers").first().click();
  await expect(playground.inspector).toContainText("Trace-Id");
});

test("numbering and random values differ from request to request", async ({ playground, nats }) => {
  const bodies: string[] = [];
  nats.subscribe("numbered", {
    callback: (_error, message) => {
      bodies.push(message.string());
      message.respond();
    },
  });
  await nats.flush();
  await playground.open();
  const requester = playground.requester("client-1");
  await requester.getByLabel("Subject").fill("numbered");
  await requester.getByLabel("Payload", { exact: true }).fill('{ "n": {{n}}, "id": "{{uuid}}" }');
  await playground.send(5);
  await playground.settled(5);
  const read = bodies.map((body) => JSON.parse(body) as { n: number; id: string }); // written by the template above
  expect(read.map(({ n }) => n).toSorted()).toEqual([1, 2, 3, 4, 5]);
  expect(new Set(read.map(({ id }) => id)).size).toBe(5);
});
