import fc from "fast-check";
import { expect, test } from "vitest";
import { breakerOf } from "./breakers.ts";
import { callOf, backoffsOf } from "../exchanges/calls.ts";
import { isBalanced, readCounters } from "./counters.ts";
import { PEER_STATES, type PeerId, type PeerState } from "../events/events.ts";
import { fold, foldState } from "./fold.ts";
import { exchangeRange, findExchange, readExchange, summariseExchange } from "../exchanges/readExchange.ts";
import type { TrafficRecord } from "./trafficRecord.ts";
import { replyKeyOf } from "../events/replyKey.ts";
import { readPeerCounters } from "./peerCounters.ts";
import { batchOf, type WrittenEvent } from "./testing.ts";
import { REQUESTERS, RESPONDERS, streamsOf, type Story } from "../replay/testingStories.ts";
import { clear, createRecord } from "./createRecord.ts";

const LIMITS = { events: 4096, exchanges: 512, textBytes: 1 << 16 };

const story: fc.Arbitrary<Story> = fc.record({
  requester: fc.option(fc.constantFrom(...REQUESTERS), { freq: 6 }),
  responders: fc.subarray([...RESPONDERS]),
  answers: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
  end: fc.constantFrom("taken", "timedOut", "noResponders", "open"),
  how: fc.constantFrom("once", "retried", "gathers"),
});

/** Folds the streams in an order that keeps each stream's own, picked by `turns`, in batches of one event. */
function foldInTurns(
  record: TrafficRecord,
  streams: ReadonlyMap<PeerId, readonly WrittenEvent[]>,
  turns: readonly number[],
  each?: () => void,
): void {
  const queues = [...streams].map(([peer, events]) => ({ peer, events: [...events] }));
  for (let turn = 0; queues.some(({ events }) => events.length > 0); turn++) {
    const waiting = queues.filter(({ events }) => events.length > 0);
    const queue = waiting[(turns[turn % turns.length] ?? 0) % waiting.length];
    const event = queue?.events.shift();
    if (!queue || !event) continue;
    fold(record, batchOf([event]), queue.peer, 0);
    each?.();
  }
}

/** Everything that can be seen of a record, without the order in which it learned of exchanges. */
function seen(record: TrafficRecord, stories: number) {
  return {
    counters: readCounters(record),
    tallies: [...REQUESTERS, ...RESPONDERS].map((peer) => readPeerCounters(record, peer)),
    exchanges: Array.from({ length: stories }, (_, n) => {
      const exchange = findExchange(record, replyKeyOf(`_INBOX.test.${n}`));
      return exchange && { ...exchange, seq: 0 };
    }),
    paused: REQUESTERS.map((peer) => backoffsOf(record, peer)),
    breakers: REQUESTERS.map((peer) => breakerOf(record, peer)),
  };
}

const turns = fc.array(fc.nat(1000), { minLength: 1, maxLength: 60 });
const stories = fc.array(story, { minLength: 1, maxLength: 12 });

/** The end of a worker, somewhere in what its peer tells; what comes after it is told by the next worker of that name. */
const ending = fc.record({
  peer: fc.constantFrom(...REQUESTERS, ...RESPONDERS),
  after: fc.nat(30),
  state: fc.constantFrom<PeerState>("killed", "removed"),
});

test("whatever the order in which peers' events come, the same is seen in the end", () => {
  fc.assert(
    fc.property(stories, turns, turns, fc.array(ending, { maxLength: 3 }), (told, one, other, endings) => {
      const a = createRecord(LIMITS);
      const b = createRecord(LIMITS);
      const streams = streamsOf(told);
      for (const { peer, after, state } of endings) {
        const code = PEER_STATES.indexOf(state);
        streams
          .get(peer)
          ?.splice(after, 0, { kind: "state", at: 1_000_500, code, reason: { kind: "killed" } as const });
      }
      foldInTurns(a, streams, one);
      foldInTurns(b, streams, other);
      expect(seen(a, told.length)).toEqual(seen(b, told.length));
    }),
    { numRuns: 150 },
  );
});

test("calls and exchanges add up after every event, however little the record holds and whoever ends when", () => {
  const end = fc.record({
    after: fc.nat(60),
    peer: fc.constantFrom(...REQUESTERS, ...RESPONDERS),
    state: fc.constantFrom<PeerState>("killed", "crashed", "removed", "drained", "frozen"),
    clear: fc.boolean(),
  });
  fc.assert(
    fc.property(stories, turns, fc.array(end, { maxLength: 4 }), (told, order, ends) => {
      const record = createRecord({ events: 16, exchanges: 3, textBytes: 64 });
      let events = 0;
      const check = (): void => {
        const { calls, exchanges, late, duplicate, served } = readCounters(record);
        expect(isBalanced(calls), JSON.stringify(calls)).toBe(true);
        expect(isBalanced(exchanges), JSON.stringify(exchanges)).toBe(true);
        for (const count of [late, duplicate, served, calls.inFlight, exchanges.inFlight]) {
          expect(count).toBeGreaterThanOrEqual(0);
        }
        const { first, last } = exchangeRange(record);
        for (let seq = first; seq <= last; seq++) {
          const exchange = readExchange(record, seq);
          expect(exchange?.seq).toBe(seq);
          const called = exchange && callOf(record, exchange);
          expect(called?.attempts.length ?? 1).toBeGreaterThan(0);
          expect(summariseExchange(record, seq)?.seq).toBe(seq);
        }
      };
      foldInTurns(record, streamsOf(told), order, () => {
        events++;
        for (const { after, peer, state, clear: clearing } of ends) {
          if (after !== events) continue;
          foldState(record, peer, state, 2_000_000, { kind: "killed" });
          check();
          if (clearing) clear(record);
        }
        check();
      });
    }),
    { numRuns: 150 },
  );
});

test("bytes that mean nothing are passed over", () => {
  const number = fc.nat(300);
  fc.assert(
    fc.property(fc.array(fc.tuple(number, number, number, number), { maxLength: 40 }), (rows) => {
      const record = createRecord(LIMITS);
      const batch = {
        ...batchOf(rows.map(([at]) => ({ kind: "called" as const, at }))),
        kind: Uint8Array.from(rows, ([, kind]) => kind),
        exchange: Float64Array.from(rows, ([, , key]) => key % 7),
        code: Uint32Array.from(rows, ([, , , code]) => code),
      };
      fold(record, batch, 1, 0);
      const { calls, exchanges } = readCounters(record);
      expect(isBalanced(calls) && isBalanced(exchanges)).toBe(true);
    }),
  );
});
