import fc from "fast-check";
import { expect, test } from "vitest";
import { PEER_STATES, type PeerId, type PeerState } from "../events/events.ts";
import { holdsEvent } from "../record/eventRing.ts";
import { fold } from "../record/fold.ts";
import { exchangeRange, findExchange, openExchanges, summariseExchange } from "../exchanges/readExchange.ts";
import { type TrafficRecord, isVisible } from "../record/trafficRecord.ts";
import { ReplayIndex } from "./replayIndex.ts";
import { replyKeyOf } from "../events/replyKey.ts";
import { stagesOf } from "../narration/stages.ts";
import { backoffsOf, callOf } from "../exchanges/calls.ts";
import { breakerOf } from "../record/breakers.ts";
import { readCounters } from "../record/counters.ts";
import { lastStateOf, peerStateAt } from "../record/peerStates.ts";
import { stateBands } from "../timeline/overviewRows.ts";
import { readPeerCounters } from "../record/peerCounters.ts";
import { batchOf, type WrittenEvent } from "../record/testing.ts";
import { REQUESTERS, RESPONDERS, streamsOf, type Story } from "./testingStories.ts";
import { PastRecord } from "./recordAt.ts";
import { createRecord } from "../record/createRecord.ts";
import type { Instant } from "../base/instant.ts";

const LIMITS = { events: 1024, exchanges: 64, textBytes: 1 << 14 };

const story: fc.Arbitrary<Story> = fc.record({
  requester: fc.option(fc.constantFrom(...REQUESTERS), { freq: 6 }),
  responders: fc.subarray([...RESPONDERS]),
  answers: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
  end: fc.constantFrom("taken", "timedOut", "noResponders", "open"),
  how: fc.constantFrom("once", "once", "retried", "gathers"),
});
const PEERS = [...REQUESTERS, ...RESPONDERS];

interface Told {
  readonly peer: PeerId;
  readonly event: WrittenEvent;
}

/** The streams by turns, in the order in which the page would learn of them. */
function inTurns(streams: ReadonlyMap<PeerId, readonly WrittenEvent[]>, turns: readonly number[]): Told[] {
  const queues = [...streams].map(([peer, events]) => ({ peer, events: [...events] }));
  const told: Told[] = [];
  for (let turn = 0; queues.some(({ events }) => events.length > 0); turn++) {
    const waiting = queues.filter(({ events }) => events.length > 0);
    const queue = waiting[(turns[turn % turns.length] ?? 0) % waiting.length];
    const event = queue?.events.shift();
    if (queue && event) told.push({ peer: queue.peer, event });
  }
  return told;
}

/** What was told as a record, with an index that was brought up to date after some of it, and at the end. */
function recorded(told: readonly Told[], indexedAfter: readonly number[], limits: typeof LIMITS) {
  const record = createRecord(limits);
  const index = new ReplayIndex(record);
  for (const [count, { peer, event }] of told.entries()) {
    fold(record, batchOf([event]), peer, 0);
    if (indexedAfter.includes(count)) index.update();
  }
  index.update();
  return { record, index };
}

/** Everything that can be seen of a record, without the order in which it learned of exchanges. */
function seen(record: TrafficRecord, stories: number) {
  const { first, last } = exchangeRange(record);
  const summaries = [];
  for (let seq = first; seq <= last; seq++) {
    const summary = summariseExchange(record, seq);
    if (summary) summaries.push({ ...summary, seq: 0 });
  }
  return {
    tallies: PEERS.map((peer) => ({ ...readPeerCounters(record, peer), lastError: "" })),
    exchanges: Array.from({ length: stories }, (_, n) => {
      const exchange = findExchange(record, replyKeyOf(`_INBOX.test.${n}`));
      return exchange && { ...exchange, seq: 0 };
    }),
    counters: { ...readCounters(record), dropped: null },
    calls: summaries.map(({ key }) => callSeen(record, key)).sort((a, b) => a.key - b.key),
    states: PEERS.map((peer) => {
      const { state, at, reason } = lastStateOf(record, peer) ?? {};
      return { state, at, reason, stands: peerStateAt(record, peer, Infinity) };
    }),
    bands: stateBands(record),
    breakers: REQUESTERS.map((peer) => breakerOf(record, peer)),
    backoffs: REQUESTERS.map((peer) => backoffsOf(record, peer)),
    summaries: summaries.sort((a, b) => a.key - b.key),
    open: Array.from(openExchanges(record), (seq) => summariseExchange(record, seq)?.key ?? 0).sort(),
  };
}

/** The call of an exchange, without the order in which the record learned of its attempts. */
function callSeen(record: TrafficRecord, key: number) {
  const exchange = findExchange(record, key);
  const call = exchange && callOf(record, exchange);
  return { key, call: call && { ...call, attempts: call.attempts.map((attempt) => attempt.key) } };
}

const turns = fc.array(fc.nat(1000), { minLength: 1, maxLength: 60 });
const clocks = fc.array(fc.integer({ min: -30, max: 30 }), {
  minLength: PEERS.length,
  maxLength: PEERS.length,
});
const ending = fc.record({
  peer: fc.constantFrom(...PEERS),
  after: fc.nat(30),
  state: fc.constantFrom<PeerState>("killed", "removed", "frozen"),
});

/** What a sentence says, whatever it lists first, without how long a request waits. */
const parts = (words: string): string[] =>
  words
    .replace(", for 2 s at most", "")
    .split(/[:,.] ?/)
    .sort();

/** What is told of an exchange by counts and times alone: of one that began before what is held, no more is certain. */
function summed(record: TrafficRecord, n: number) {
  const exchange = findExchange(record, replyKeyOf(`_INBOX.test.${n}`));
  const summary = exchange && summariseExchange(record, exchange.seq);
  if (!exchange || !summary) return undefined;
  const { from: _from, ...sums } = summary;
  return { ...sums, seq: 0 };
}

test("what is seen at an instant is the same when older events were evicted, and what was evicted is not told as if it never happened", () => {
  fc.assert(
    fc.property(
      fc.array(story, { minLength: 8, maxLength: 24 }),
      turns,
      clocks,
      fc.constantFrom(24, 40, 70),
      fc.array(fc.nat(400), { maxLength: 3 }),
      (stories, order, offsets, few, indexedAfter) => {
        const streams = streamsOf(stories);
        for (const [peer, stream] of streams) {
          const offset = (offsets[PEERS.indexOf(peer)] ?? 0) / 100;
          streams.set(
            peer,
            stream.map((event) => ({ ...event, at: event.at + offset })),
          );
        }
        const told = inTurns(streams, order);
        const { record, index } = recorded(told, indexedAfter, { ...LIMITS, events: few });
        const pastRecord = new PastRecord(record, index);
        const span = index.span();
        if (!span) return;
        const instants: Instant[] = [span.from - 1];
        for (let place = index.firstPlace; place < index.endPlace; place += 3) {
          instants.push(index.whenOf(index.numberAt(place) ?? 0));
        }
        for (const at of instants) {
          const past = pastRecord.at(at, 0);
          const afresh = createRecord(LIMITS);
          for (const [count, { peer, event }] of told.entries()) {
            // What was evicted had happened.
            const number = count + 1;
            if (!holdsEvent(record.events, number) || isVisible(past, number))
              fold(afresh, batchOf([event]), peer, 0);
          }
          for (const peer of PEERS) {
            expect({ ...readPeerCounters(past, peer), lastError: "" }).toEqual({
              ...readPeerCounters(afresh, peer),
              lastError: "",
            });
            const open = (of: TrafficRecord): number =>
              [...openExchanges(of)].filter((seq) => summariseExchange(of, seq)?.requester === peer).length;
            expect(open(past)).toBe(open(afresh));
          }
          for (let n = 0; n < stories.length; n++) {
            const now = summed(past, n);
            if (now) expect(now).toEqual(summed(afresh, n));
            const exchange = findExchange(past, replyKeyOf(`_INBOX.test.${n}`));
            const all = findExchange(afresh, replyKeyOf(`_INBOX.test.${n}`));
            if (!exchange || !all) continue;
            if (!exchange.gone.some) expect({ ...exchange, seq: 0 }).toEqual({ ...all, seq: 0 });
            // What is told of it happened; and what did not is only told where everything of it is held.
            const nameOf = (peer: PeerId): string => `peer-${peer}`;
            const stages = stagesOf(all, nameOf);
            for (const [step, { words, done }] of stagesOf(exchange, nameOf).entries()) {
              if (!done && !/discarded|No reply/.test(words)) {
                expect(parts(words)).toEqual(parts(stages[step]?.words ?? ""));
              }
            }
          }
        }
      },
    ),
    { numRuns: 40 },
  );
});

test("what is seen at an instant is the fold of the events up to it, whenever the record was indexed", () => {
  fc.assert(
    fc.property(
      fc.array(story, { minLength: 1, maxLength: 10 }),
      turns,
      clocks,
      fc.array(ending, { maxLength: 2 }),
      fc.array(fc.nat(200), { maxLength: 5 }),
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 8 }),
      (stories, order, offsets, endings, indexedAfter, shares) => {
        const streams = streamsOf(stories);
        const ended = new Set(endings.map(({ peer }) => peer));
        for (const [peer, stream] of streams) {
          // Clocks disagree by up to 0.3 ms.
          const offset = ended.has(peer) ? 0 : (offsets[PEERS.indexOf(peer)] ?? 0) / 100;
          streams.set(
            peer,
            stream.map((event) => ({ ...event, at: event.at + offset })),
          );
        }
        for (const { peer, after, state } of endings) {
          const stream = streams.get(peer);
          const at = stream?.[Math.min(after, stream.length) - 1]?.at ?? 1_000_000;
          stream?.splice(after, 0, {
            kind: "state",
            at,
            code: PEER_STATES.indexOf(state),
            reason: { kind: "killed" } as const,
          });
        }
        const told = inTurns(streams, order);
        const { record, index } = recorded(told, indexedAfter, LIMITS);

        const pastRecord = new PastRecord(record, index);
        const span = index.span();
        if (!span) return;
        const instants: Instant[] = shares.map((share) => span.from + share * (span.to - span.from));
        // Exactly at an event, too, and before everything.
        for (let place = index.firstPlace; place < index.endPlace; place += 7) {
          instants.push(index.whenOf(index.numberAt(place) ?? 0));
        }
        expect(seen(pastRecord.at(Infinity, 0), stories.length)).toEqual(seen(record, stories.length));
        for (const at of [...instants, span.from - 1, span.to, ...instants.toReversed()]) {
          const past = pastRecord.at(at, 0);
          const afresh = createRecord(LIMITS);
          for (const [count, { peer, event }] of told.entries()) {
            if (isVisible(past, count + 1)) fold(afresh, batchOf([event]), peer, 0);
          }
          expect(seen(past, stories.length)).toEqual(seen(afresh, stories.length));
        }
      },
    ),
    { numRuns: 80 },
  );
});
