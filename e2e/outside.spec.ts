import { headers, StringCodec } from "nats";
import { expect, test } from "./fixtures/test.ts";

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
  await expect(playground.inspector).toContainText(
    "A program outside this page answered that something is wrong",
  );
  await expect(playground.inspector).toContainText("It says: user 7 not found (code 404)");
});

test("a program elsewhere that gets an error from here is told apart from one that gets its reply", async ({
  playground,
  nats,
}) => {
  await playground.open();
  const reply = await nats.request("user.get", new Uint8Array(), { timeout: 5000 });
  expect(reply.string()).toContain("error");
  await nats.request("user.get", text.encode('{"user_id":7}'), { timeout: 5000 });
  await playground.results.getByRole("tab", { name: "Messages" }).click();
  const grid = playground.results.getByRole("grid", { name: "Exchanges" });
  const failed = grid.getByRole("row").filter({ hasText: "error reply" });
  await expect(grid).toContainText("answered here");
  await expect(failed).toHaveCount(1);
  await expect(playground.results).toContainText("2 for outside");
  await playground.results.getByRole("button", { name: "error reply" }).click();
  await expect(grid.getByText("user.get")).toHaveCount(1);
  await failed.click();
  await expect(playground.inspector).toContainText("asked outside this page, answered here with an error");
  // It is none of the page's own calls, however it ended.
  const { counts } = await playground.exportResults();
  expect(counts).toMatchObject({ started: 0, errorReply: 0, inFlight: 0 });
});
