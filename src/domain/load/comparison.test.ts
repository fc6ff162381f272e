import { expect, test } from "vitest";
import { transportFigures, TRANSPORTS, transportsOfRound } from "./comparison.ts";

test("each round has every way once, and each way is first as often as any other", () => {
  const rounds = Array.from({ length: TRANSPORTS.length * 3 }, (_, round) => transportsOfRound(round));
  for (const round of rounds) expect([...round].sort()).toEqual([...TRANSPORTS].sort());
  for (const way of TRANSPORTS) expect(rounds.filter(([first]) => first === way)).toHaveLength(3);
});

test("figures of a way are those of its times", () => {
  const of = (timesMs: readonly number[]) =>
    transportFigures({ timesMs, failures: 0, setAside: 0, reason: "" });
  expect(of([])).toBeNull();
  const figures = of([...Array.from({ length: 99 }, () => 2), 50]);
  expect(figures).toMatchObject({ count: 100, p50Ms: 2, minMs: 2 });
  expect(figures?.maxMs).toBeCloseTo(50, 0);
});
