import fc from "fast-check";
import { expect, test } from "vitest";
import { adds, readCounters } from "./counters.ts";
import { PEER_STATES, type PeerId, type PeerState } from "./events.ts";
import { fold, foldState } from "./fold.ts";
import { outcomeCode } from "./outcomes.ts";
import { exchangeRange, findExchange, readExchange, summariseExchange } from "./readExchange.ts";
import { clear, createRecord, type TrafficRecord } from "./record.ts";
import { replyKeyOf } from "./replyKey.ts";
import { readTally } from "./tallies.ts";
import { batchOf, type WrittenEvent } from "./testing.ts";

const REQUESTERS: readonly PeerId[] = [1, 2];
const RESPONDERS: readonly PeerId[] = [11, 12, 13];
const LIMITS = { events: 4096, exchanges: 512, textBytes: 1 << 16 };

interface Story {
  readonly requester: PeerId | null;
  readonly responders: readonly PeerId[];
  readonly answers: readonly boolean[];
  readonly end: "taken" | "timedOut" | "noResponders" | "open";
}

const story: fc.Arbitrary<Story> = fc.record({
  requester: fc.option(fc.constantFrom(...REQUESTERS), { freq: 6 }),
  responders: fc.subarray([...RESPONDERS]),
  answers: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
  end: fc.constantFrom("taken", "timedOut", "noResponders", "open"),
});

/** The streams of events that a list of stories leaves at each peer: what one worker records is in order. */
function streamsOf(stories: readonly Story[]): Map<PeerId, WrittenEvent[]> {
  const streams = new Map<PeerId, WrittenEvent[]>();
  const write = (peer: PeerId, event: WrittenEvent): void => {
    const stream = streams.get(peer) ?? [];
    stream.push(event);
    streams.set(peer, stream);
  };
  for (const [n, { requester, responders, answers, end }] of stories.entries()) {
    const reply = `_INBOX.test.${n}`;
    const at = 1_000_000 + n * 10;
    const about = { reply, subject: "user.get" };
    if (requester !== null) {
      write(requester, { kind: "called", at, link: n + 1 });
      write(requester, { kind: "attempted", at, link: n + 1, code: 2000, ...about });
      write(requester, { kind: "sent", at: at + 1, ...about, payload: "ask" });
    }
    const answering = responders.filter((_, index) => answers[index]);
    for (const responder of responders) {
      write(responder, { kind: "delivered", at: at + 2, ...about, payload: "ask" });
      if (!answering.includes(responder)) continue;
      write(responder, { kind: "handling", at: at + 3, reply });
      write(responder, { kind: "handled", at: at + 4, reply });
      write(responder, { kind: "answered", at: at + 5, reply, payload: `from ${responder}` });
    }
    if (requester === null || end === "open") continue;
    const settle = (outcome: "replied" | "timedOut" | "noResponders"): void => {
      write(requester, { kind: "settled", at: at + 8, reply, code: outcomeCode(outcome) });
      write(requester, { kind: "concluded", at: at + 8, reply, link: n + 1, code: outcomeCode(outcome) });
    };
    const arrive = (responder: PeerId): void =>
      write(requester, { kind: "arrived", at: at + 9, reply, payload: `from ${responder}` });
    if (responders.length === 0) {
      write(requester, { kind: "arrived", at: at + 6, reply, code: 503 });
      settle("noResponders");
    } else if (end === "timedOut" || answering.length === 0) {
      settle("timedOut");
      for (const responder of answering) arrive(responder);
    } else {
      const [first, ...others] = answering;
      if (first !== undefined)
        write(requester, { kind: "arrived", at: at + 7, reply, payload: `from ${first}` });
      settle("replied");
      for (const responder of others) arrive(responder);
    }
  }
  return streams;
}

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
    tallies: [...REQUESTERS, ...RESPONDERS].map((peer) => readTally(record, peer)),
    exchanges: Array.from({ length: stories }, (_, n) => {
      const exchange = findExchange(record, replyKeyOf(`_INBOX.test.${n}`));
      return exchange && { ...exchange, seq: 0 };
    }),
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
        streams.get(peer)?.splice(after, 0, { kind: "state", at: 1_000_500, code, payload: "it ended" });
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
        expect(adds(calls), JSON.stringify(calls)).toBe(true);
        expect(adds(exchanges), JSON.stringify(exchanges)).toBe(true);
        for (const count of [late, duplicate, served, calls.inFlight, exchanges.inFlight]) {
          expect(count).toBeGreaterThanOrEqual(0);
        }
        const { first, last } = exchangeRange(record);
        for (let seq = first; seq <= last; seq++) {
          expect(readExchange(record, seq)?.seq).toBe(seq);
          expect(summariseExchange(record, seq)?.seq).toBe(seq);
        }
      };
      foldInTurns(record, streamsOf(told), order, () => {
        events++;
        for (const { after, peer, state, clear: clearing } of ends) {
          if (after !== events) continue;
          foldState(record, peer, state, 2_000_000, "it ended");
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
      expect(adds(calls) && adds(exchanges)).toBe(true);
    }),
  );
});
