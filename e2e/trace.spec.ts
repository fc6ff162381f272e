import { expect, test } from "./fixtures/test.ts";
import { canTrace } from "../src/domain/frames/serverTrace.ts";

test("a traced request has the server's own account beside what the page saw", async ({
  playground,
  nats,
  server,
}) => {
  // A program outside this page, whose name only the server can tell.
  nats.subscribe("user.get", { callback: (_error, message) => void message.respond("{}") });
  await nats.flush();
  await playground.open();
  const requester = playground.requester("client-1");
  await requester.getByText("Name, inbox, headers, trace").click();
  await requester.getByRole("button", { name: "Send traced" }).click();
  const trace = playground.inspector.getByRole("region", { name: "Server's trace" });
  await expect(trace).toBeVisible();
  if (!canTrace(server.version)) {
    await expect(trace).toContainText(`nats-server ${server.version} does not trace messages`);
    await expect(requester).toContainText(`nats-server ${server.version} cannot trace requests`);
    return;
  }
  const cells = trace.getByRole("row");
  await expect(cells.filter({ hasText: "client-1" })).toContainText("sent it");
  await expect(cells.filter({ hasText: "responder-1" })).toContainText("users");
  await expect(cells.filter({ hasText: "responder-1" })).toContainText("delivered after");
  const outside = cells.filter({ hasText: "outside this page" });
  await expect(outside).toHaveCount(1);
  await expect(outside).toContainText("a program elsewhere");
});

test("tracing leaves “no responders” as it is", async ({ playground, server }) => {
  await playground.open();
  await playground.responder("responder-1").getByRole("button", { name: "Remove" }).click();
  const requester = playground.requester("client-1");
  await requester.getByText("Name, inbox, headers, trace").click();
  await requester.getByRole("button", { name: "Send traced" }).click();
  await expect(playground.inspector).toContainText("no responders");
  const trace = playground.inspector.getByRole("region", { name: "Server's trace" });
  if (canTrace(server.version)) await expect(trace).toContainText("It went out to none");
  const { counts } = await playground.settled(1);
  expect(counts.noResponders).toBe(1);
});
