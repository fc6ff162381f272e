import { deflateRawSync } from "node:zlib";
import { expect, test } from "./fixtures/test.ts";

/** A service that fails now and then: at the same requests in every run, as the seed decides. */
const PRICES = {
  roundtrip: 3,
  title: "Prices, some of which fail",
  setup: {
    seed: 7,
    responders: [
      {
        name: "prices",
        subject: "price.get",
        queue: "prices",
        handler: { kind: "builtin", id: "echo" },
        delay: { kind: "uniform", minMs: 0, maxMs: 20 },
        handling: "oneAtATime",
        errorShare: 0.3,
        dropShare: 0,
      },
    ],
    requesters: [],
  },
};

const link = `#s=${deflateRawSync(JSON.stringify(PRICES)).toString("base64url")}`;

test("a client meets the same failures in every run", async ({ page, nats }) => {
  await page.goto(`./${link}`);
  const prices = page.getByRole("group", { name: "prices", exact: true });
  await expect(prices).toContainText("connected");

  // Here your own program would ask, through its own connection.
  const failed: number[] = [];
  for (let n = 1; n <= 12; n++) {
    const reply = await nats.request("price.get", JSON.stringify({ item: n }), { timeout: 10_000 });
    if (reply.headers?.get("Nats-Service-Error-Code")) failed.push(n);
  }
  expect(failed).toEqual([4, 10, 12]);
});
