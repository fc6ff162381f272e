import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Exchange } from "../events/exchange.ts";
import {
  arrivalWith as arrival,
  deliveryWith as delivery,
  exchangeWith as exchange,
} from "../events/testingExchange.ts";
import { latencyBreakdown } from "./latencyBreakdown.ts";

const told = (of: Exchange) => latencyBreakdown(of).map(({ kind, ms }) => [kind, ms]);

describe("latencyBreakdown", () => {
  test("tells the six legs of an answered request", () => {
    const answered = exchange({
      attemptedAt: 100,
      sentAt: 101,
      deliveries: [delivery({ deliveredAt: 103, handlingAt: 110, handledAt: 130, answeredAt: 131 })],
      arrivals: [arrival({ arrivedAt: 135 })],
      settledAt: 136,
      outcome: "replied",
    });
    expect(told(answered)).toEqual([
      ["client", 1],
      ["toResponder", 2],
      ["waiting", 7],
      ["handler", 20],
      ["back", 5],
      ["taken", 1],
    ]);
  });

  test("follows the responder whose reply was taken, not the first one it was delivered to", () => {
    const fanOut = exchange({
      attemptedAt: 0,
      sentAt: 1,
      deliveries: [
        delivery({ peer: 2, deliveredAt: 2, handlingAt: 2, handledAt: 90, answeredAt: 91 }),
        delivery({ peer: 3, deliveredAt: 3, handlingAt: 4, handledAt: 10, answeredAt: 10 }),
      ],
      arrivals: [
        arrival({ from: 3, arrivedAt: 12 }),
        arrival({ from: 2, arrivedAt: 93, verdict: "duplicate" }),
      ],
      settledAt: 12,
      outcome: "replied",
    });
    expect(told(fanOut)).toEqual([
      ["client", 1],
      ["toResponder", 2],
      ["waiting", 1],
      ["handler", 6],
      ["back", 2],
      ["taken", 0],
    ]);
  });

  test("joins what happened outside the page into one leg", () => {
    const outside = exchange({
      attemptedAt: 0,
      sentAt: 1,
      arrivals: [arrival({ from: 0, arrivedAt: 9 })],
      settledAt: 10,
    });
    expect(told(outside)).toEqual([
      ["client", 1],
      ["elsewhere", 8],
      ["taken", 1],
    ]);
  });

  test("tells a 503 as the server's answer", () => {
    const refused = exchange({
      attemptedAt: 0,
      sentAt: 1,
      arrivals: [arrival({ from: null, arrivedAt: 2, verdict: "noResponders" })],
      settledAt: 2,
    });
    expect(told(refused)).toEqual([
      ["client", 1],
      ["server", 1],
      ["taken", 0],
    ]);
  });

  test("ends a timed out request at its timeout, a late reply or not", () => {
    const late = exchange({
      attemptedAt: 0,
      sentAt: 1,
      deliveries: [delivery({ deliveredAt: 2, handlingAt: 3, handledAt: 900, answeredAt: 900 })],
      arrivals: [arrival({ arrivedAt: 901, verdict: "late" })],
      settledAt: 250,
      outcome: "timedOut",
    });
    expect(told(late)).toEqual([
      ["client", 1],
      ["toResponder", 1],
      ["waiting", 1],
      ["unanswered", 247],
    ]);
  });

  test("keeps a request that never left in the client", () => {
    expect(told(exchange({ attemptedAt: 5, settledAt: 6, outcome: "refused" }))).toEqual([["client", 1]]);
  });

  test("tells a request from outside up to where its reply left the page", () => {
    const asked = exchange({
      requester: null,
      call: null,
      deliveries: [delivery({ deliveredAt: 10, handlingAt: 11, handledAt: 15, answeredAt: 16 })],
    });
    expect(told(asked)).toEqual([
      ["waiting", 1],
      ["handler", 4],
      ["back", 1],
    ]);
  });

  test("whatever the clocks say: no leg is negative, none overlaps the next", () => {
    const at = fc.option(fc.integer({ min: 0, max: 1000 }), { nil: null });
    fc.assert(
      fc.property(
        fc.tuple(
          at,
          at,
          fc.integer({ min: 0, max: 1000 }),
          at,
          at,
          at,
          fc.integer({ min: 0, max: 1000 }),
          at,
        ),
        ([attemptedAt, sentAt, deliveredAt, handlingAt, handledAt, answeredAt, arrivedAt, settledAt]) => {
          const legs = latencyBreakdown(
            exchange({
              attemptedAt,
              sentAt,
              deliveries: [delivery({ deliveredAt, handlingAt, handledAt, answeredAt })],
              arrivals: [arrival({ arrivedAt })],
              settledAt,
            }),
          );
          for (const [index, leg] of legs.entries()) {
            expect(leg.ms).toBeGreaterThanOrEqual(0);
            const next = legs[index + 1];
            if (next) expect(next.fromAt).toBe(leg.fromAt + leg.ms);
          }
        },
      ),
    );
  });
});
