import { expect, test } from "vitest";
import { rateIn } from "./goClient.ts";

test("the rate is read from what one client says, and from what many say together", () => {
  expect(rateIn("NATS Core NATS service requester stats: 8,437 msgs/sec ~ 124 KiB/sec ~ min: 55.42us")).toBe(
    8437,
  );
  const many =
    "  [1] 435 msgs/sec ~ 6.4 KiB/sec\n\n NATS Core NATS service requester aggregated stats: 26,696 msgs/sec";
  expect(rateIn(many)).toBe(26_696);
  expect(() => rateIn("no responders")).toThrow("named no rate");
});
