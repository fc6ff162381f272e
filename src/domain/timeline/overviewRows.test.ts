import fc from "fast-check";
import { expect, test } from "vitest";
import type { PeerState } from "../events/events.ts";
import { lastStateOf } from "../record/peerStates.ts";
import { fold, foldState } from "../record/fold.ts";
import { densityOf, nearestFailure, nextFailure, rowsWithin, stateBands, wholeSpan } from "./overviewRows.ts";
import { outcomeCode, type Outcome } from "../events/outcomes.ts";
import type { TrafficRecord } from "../record/trafficRecord.ts";
import { batchOf } from "../record/testing.ts";
import { createRecord } from "../record/createRecord.ts";

/** Exchanges, each with its beginning, its end in ms, and how it ended. */
function recordOf(
  rows: readonly (readonly [from: number, to: number | null, outcome: Outcome])[],
): TrafficRecord {
  const record = createRecord({ events: 1024, exchanges: 64 });
  rows.forEach(([from, to, outcome], index) => {
    const reply = `_INBOX.a.${index}`;
    const events = [{ kind: "attempted" as const, at: from, reply, link: index + 1, subject: "s" }];
    fold(record, batchOf(events), 1, 0);
    if (to !== null)
      fold(record, batchOf([{ kind: "settled", at: to, reply, code: outcomeCode(outcome) }]), 1, 0);
  });
  return record;
}

const RECORD = recordOf([
  [100, 110, "replied"],
  [120, 320, "timedOut"],
  [130, 140, "replied"],
  [150, null, "replied"],
  [400, 401, "noResponders"],
]);

test("a window has the exchanges that are under way in it, those in flight too", () => {
  expect(rowsWithin(RECORD, { from: 135, to: 160 }, 500)).toEqual([2, 3, 4]);
  expect(rowsWithin(RECORD, { from: 330, to: 390 }, 500)).toEqual([4]);
  expect(rowsWithin(RECORD, { from: 0, to: 99 }, 500)).toEqual([]);
  expect(wholeSpan(RECORD, 500)).toEqual({ from: 100, to: 500 });
  expect(wholeSpan(createRecord(), 500)).toBeNull();
});

test("failures are found in either direction", () => {
  expect(nextFailure(RECORD, null, 1)).toBe(2);
  expect(nextFailure(RECORD, 2, 1)).toBe(5);
  expect(nextFailure(RECORD, 5, 1)).toBeUndefined();
  expect(nextFailure(RECORD, null, -1)).toBe(5);
  expect(nextFailure(RECORD, 5, -1)).toBe(2);
});

test("the failure that is nearest to an instant is found, unless it is too far", () => {
  expect(nearestFailure(RECORD, 125, 10)).toBe(2);
  expect(nearestFailure(RECORD, 390, 300)).toBe(5);
  expect(nearestFailure(RECORD, 100, 10)).toBeUndefined();
});

test("every exchange is counted in one part of the whole", () => {
  const { all, failed } = densityOf(RECORD, { from: 100, to: 500 }, 4);
  expect([...all]).toEqual([4, 0, 0, 1]);
  expect([...failed]).toEqual([1, 0, 0, 1]);
});

test("bands tell when somebody was frozen, killed, or cut off, and until when", () => {
  const record = createRecord();
  foldState(record, 3, "connected", 10, null);
  foldState(record, 3, "frozen", 20, null);
  foldState(record, 4, "killed", 25, { kind: "killed" });
  foldState(record, 3, "connected", 30, { kind: "thawed" });
  foldState(record, 3, "reconnecting", 40, { kind: "closed" });
  expect(stateBands(record)).toEqual([
    { peer: 3, state: "frozen", from: 20, to: 30, reason: null },
    { peer: 4, state: "killed", from: 25, to: null, reason: { kind: "killed" } },
    { peer: 3, state: "reconnecting", from: 40, to: null, reason: { kind: "closed" } },
  ]);
});

test("bands last, though the events that told of them were evicted, and a frozen one is no other while its connection changes", () => {
  const changes = fc.array(
    fc.record({
      peer: fc.constantFrom(3, 4),
      state: fc.constantFrom<PeerState>("connected", "frozen", "reconnecting", "draining", "killed"),
      thawed: fc.boolean(),
    }),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(changes, (told) => {
      const [small, large] = [8, 4096].map((events) => createRecord({ events, exchanges: 4, textBytes: 64 }));
      let frozen = new Set<number>();
      for (const [place, { peer, state, thawed }] of told.entries()) {
        const reason = thawed && state === "connected" ? ({ kind: "thawed" } as const) : null;
        for (const record of [small!, large!]) foldState(record, peer, state, 1000 + place, reason);
        const ends = state === "draining" || state === "killed" || reason !== null;
        frozen = new Set([...frozen].filter((each) => each !== peer || !ends));
        if (state === "frozen") frozen.add(peer);
        for (const each of [3, 4]) {
          expect(lastStateOf(small!, each)?.state === "frozen").toBe(frozen.has(each));
          const bands = stateBands(small!).filter((band) => band.peer === each && band.to === null);
          if (frozen.has(each)) expect(bands.map((band) => band.state)).toEqual(["frozen"]);
        }
      }
      expect(stateBands(small!)).toEqual(stateBands(large!));
    }),
  );
});
