import { expect, test } from "./fixtures/test.ts";

test("a requester sends bytes, in hex, in Base64 or of a file, and they come back as they went", async ({
  playground,
  page,
}) => {
  await playground.open();
  await playground.inspect("responder-1");
  await playground.inspector.getByLabel("Handler", { exact: true }).selectOption("Echo");
  const client = playground.requester("client-1");
  const payload = client.getByLabel("Payload", { exact: true });
  const format = (name: string) => client.getByRole("button", { name, exact: true });

  // A text in another form is the same payload.
  await format("text").click();
  await payload.fill("Añ");
  await format("hex").click();
  await expect(payload).toHaveValue("41 c3 b1");
  // What came along with a copied text, and nobody sees, is named.
  await format("text").click();
  await payload.fill("user\u00a042\u200b");
  await expect(client).toContainText(
    "Has a no-break space (U+00A0), a zero-width space (U+200B), sent as is",
  );
  await format("hex").click();
  await expect(payload).toHaveValue("75 73 65 72 c2 a0 34 32 e2 80 8b");
  // So is the line end of another system, which stays while one types.
  await payload.fill("61 0d 0a 62");
  await format("text").click();
  await payload.press("Control+End");
  await payload.pressSequentially("c");
  await expect(client).toContainText("Has a carriage return (U+000D), sent as is");
  await format("hex").click();
  await expect(payload).toHaveValue("61 0d 0a 62 63");
  await payload.fill("ef bb bf 41 fg");
  await expect(client.getByRole("alert")).toHaveText(
    "Column 13: A byte has two digits, such as 0f: this one has one.",
  );
  await payload.fill("ef bb bf 41 ff 00 80");
  await expect(client).toContainText("7 B, sent as they are");
  await playground.send();
  await playground.settled(1);
  await playground.results.getByRole("tab", { name: "Messages" }).click();
  await playground.results.getByText("user.get").first().click();
  await expect(playground.inspector.getByLabel("Payload of the reply")).toHaveText("ef bb bf 41 ff 00 80");

  await format("Base64").click();
  await expect(payload).toHaveValue("77u/Qf8AgA==");
  await client.getByLabel("Bytes of a file").setInputFiles({
    name: "three.bin",
    mimeType: "application/octet-stream",
    buffer: Buffer.from([0xff, 0xfe, 0xfd]),
  });
  await expect(payload).toHaveValue("//79");
  await client.getByLabel("Bytes of a file").setInputFiles({
    name: "large.bin",
    mimeType: "application/octet-stream",
    buffer: Buffer.alloc(2_000_000),
  });
  await expect(client.getByRole("alert")).toContainText("large.bin has");
  await expect(payload).toHaveValue("//79");
  // It is a part of the setup.
  await page.reload();
  await playground.everyoneConnected();
  await expect(payload).toHaveValue("//79");
  await expect(format("Base64")).toHaveAttribute("aria-pressed", "true");

  // Numbers are read as the page writes them.
  const timeout = client.getByLabel("Timeout");
  await timeout.fill("1.000");
  await expect(client.getByRole("alert")).toContainText("The decimal sign is a point: write 1, or 1,000.");
  await timeout.fill("1,500");
  await expect(client.getByRole("alert")).toHaveCount(0);
});
