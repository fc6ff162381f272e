import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeUtf8 } from "../base/utf8.ts";
import { seededRandom } from "../base/random.ts";
import type { Instant } from "../base/instant.ts";
import type { ExchangeKey, PeerId } from "../events/events.ts";
import type { Exchange } from "../events/exchange.ts";
import { replyKeyOf } from "../events/replyKey.ts";
import { exchangeRange, readExchange } from "../exchanges/readExchange.ts";
import { createRecord } from "../record/createRecord.ts";
import { fold } from "../record/fold.ts";
import { ATTRIBUTION_WINDOW_MS } from "../record/outside.ts";
import { batchOf, type WrittenEvent } from "../record/testing.ts";
import type { TrafficRecord } from "../record/trafficRecord.ts";
import { hopLength, MOST_BEHIND_MS } from "./moments.ts";
import { scheduleOf, type Schedule } from "./schedule.ts";
import type { ExchangeTimes } from "./exchangeTimes.ts";
import { makeCall, type MadeCall, type MadeMoment } from "./testingCalls.ts";

const HOP_MS = 300;
/** A worker posts in every frame. */
const FRAME_MS = 33;
/** Times of our days, and sums of them, are exact to this. */
const EXACT_MS = 0.02;

const emptyRecord = (): TrafficRecord => createRecord({ events: 1024, exchanges: 128, textBytes: 1 << 17 });

function treeOf(record: TrafficRecord): Exchange[] {
  const { first, last } = exchangeRange(record);
  const tree: Exchange[] = [];
  for (let seq = first; seq <= last; seq++) {
    const exchange = readExchange(record, seq);
    if (exchange) tree.push(exchange);
  }
  return tree;
}

interface Post {
  readonly peer: PeerId;
  readonly events: readonly WrittenEvent[];
  readonly at: Instant;
}

/** What each worker posts, and when that is received: in its order, and so late at most. */
function postsOf({ streams }: MadeCall, seed: number, latestMs: number): Post[] {
  const random = seededRandom(seed);
  const posts: Post[] = [];
  for (const [peer, stream] of streams) {
    let receivedAt = 0;
    for (let from = 0; from < stream.length;) {
      const size = 1 + Math.floor(random() * 5);
      const firstAt = stream[from]?.at ?? 0;
      const events = stream.slice(from, from + size).filter(({ at }) => at <= firstAt + FRAME_MS);
      const lastAt = events.at(-1)?.at ?? 0;
      receivedAt = Math.max(receivedAt, lastAt + random() * (firstAt + latestMs - lastAt));
      posts.push({ peer, events, at: receivedAt });
      from += events.length;
    }
  }
  return posts.sort((a, b) => a.at - b.at);
}

interface Looked {
  readonly now: Instant;
  readonly tree: readonly Exchange[];
  readonly schedule: Schedule;
  readonly before: ReadonlyMap<string, Instant>;
}

/** Lays a call out again and again as news of it comes, as the live page does. */
function* live(made: MadeCall, seed: number, latestMs: number, hopMs = HOP_MS): Generator<Looked> {
  const record = emptyRecord();
  let before: ReadonlyMap<string, Instant> = new Map();
  let reviseAt = Infinity;
  const look = (now: Instant): Looked => {
    const tree = treeOf(record);
    const schedule = scheduleOf(tree, { hopMs, now, before: { times: before, until: now } });
    const looked = { now, tree, schedule, before };
    before = schedule.moments;
    ({ reviseAt } = schedule);
    return looked;
  };
  for (const { peer, events, at } of postsOf(made, seed, latestMs)) {
    while (reviseAt < at) yield look(reviseAt);
    fold(record, batchOf(events), peer, 0);
    yield look(at);
  }
  while (reviseAt < Infinity) yield look(reviseAt);
}

function timesOf(
  schedule: Schedule,
  tree: ReadonlyMap<ExchangeKey, Exchange>,
  { reply, what, peer, payload }: MadeMoment,
): number[] {
  const key = replyKeyOf(reply);
  const times = schedule.times.get(key);
  const exchange = tree.get(key);
  if (!times || !exchange) return [];
  const places = <T>(all: readonly T[], is: (one: T) => boolean): number[] =>
    all.flatMap((one, place) => (is(one) ? [place] : []));
  switch (what) {
    case "attempted":
    case "sent":
    case "settled":
      return [times[what]];
    case "delivered":
    case "handling":
    case "answered":
      return places(exchange.deliveries, (delivery) => delivery.peer === peer).map((place) => {
        const { there, handling, answered } = times.deliveries[place]!;
        return { delivered: there, handling, answered }[what];
      });
    case "arrived":
      return places(exchange.arrivals, ({ message }) => decodeUtf8(message.bytes) === payload).map(
        (place) => times.arrivals[place]!.there,
      );
  }
}

/** The first cause that is shown too late for its effect, in words. */
function contradiction({ causes }: MadeCall, { schedule, tree }: Looked, hopMs: number): string | null {
  const byKey = new Map(tree.map((exchange) => [exchange.key, exchange]));
  for (const { cause, effect, hops } of causes) {
    const to = Math.min(...timesOf(schedule, byKey, effect));
    // What is not known yet of a cause is as good as not shown.
    const from = to === Infinity ? 0 : Math.min(...timesOf(schedule, byKey, cause));
    // Hops are shorter where the screen is far behind.
    const hop = hopLength(hopMs, to - cause.at);
    if (from + hops * hop > to + EXACT_MS)
      return `${effect.reply} ${effect.what} at ${to} before ${cause.reply} ${cause.what} at ${from} and ${hops} hops`;
  }
  return null;
}

const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });
const RUNS = 500;
const LONG_MS = 120_000;
const ONCE = { numRuns: RUNS, endOnFailure: true };

test(
  "nothing is shown before its causes and the hops from them, whatever comes to be known first",
  () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const made = makeCall({ seed });
        for (const looked of live(made, seed + 1, ATTRIBUTION_WINDOW_MS - 1))
          expect(contradiction(made, looked, HOP_MS)).toBe(null);
      }),
      ONCE,
    );
  },
  LONG_MS,
);

test(
  "what was shown stays, and what has set out arrives when it was going to, however late news comes",
  () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        for (const { now, before, schedule } of live(makeCall({ seed }), seed + 1, 5000)) {
          for (const [id, time] of before) {
            if (time > now) continue;
            // An arrival may turn out not to have come from elsewhere: then nothing has.
            if (!schedule.moments.has(id)) continue;
            expect(schedule.moments.get(id), id).toBe(time);
            if (id.endsWith(">"))
              expect(schedule.moments.get(id.slice(0, -1))).toBe(before.get(id.slice(0, -1)));
          }
        }
      }),
      ONCE,
    );
  },
  LONG_MS,
);

/** Every moment of an exchange that was recorded, with when that was. */
function* recorded(
  exchange: Exchange,
  times: ExchangeTimes,
): Generator<readonly [shown: Instant, at: Instant | null]> {
  yield [times.attempted, exchange.attemptedAt];
  yield [times.sent, exchange.sentAt];
  yield [times.settled, exchange.settledAt];
  for (const [place, delivery] of exchange.deliveries.entries()) {
    const shown = times.deliveries[place]!;
    yield [shown.there, delivery.deliveredAt];
    yield [shown.handling, delivery.handlingAt];
    yield [shown.handled, delivery.handledAt];
    yield [shown.answered, delivery.answeredAt];
  }
  for (const [place, arrival] of exchange.arrivals.entries())
    yield [times.arrivals[place]!.there, arrival.arrivedAt];
}

test(
  "to scale, everything is shown when it was recorded",
  () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const record = emptyRecord();
        const made = makeCall({ seed });
        for (const { peer, events } of postsOf(made, seed, 0)) fold(record, batchOf(events), peer, 0);
        const tree = treeOf(record);
        const { times } = scheduleOf(tree, { hopMs: 0, now: Infinity, before: null });
        for (const exchange of tree)
          for (const [shown, at] of recorded(exchange, times.get(exchange.key)!))
            expect(shown).toBe(at ?? (exchange.requester === null ? shown : Infinity));
      }),
      ONCE,
    );
  },
  LONG_MS,
);

test(
  "the screen is never further behind than it may be, however much a call makes others do",
  () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        for (const { schedule, tree } of live(makeCall({ seed }), seed + 1, 300, 2000)) {
          for (const exchange of tree)
            for (const [shown, at] of recorded(exchange, schedule.times.get(exchange.key)!))
              if (at !== null && shown < Infinity)
                expect(shown - at).toBeLessThanOrEqual(MOST_BEHIND_MS + ATTRIBUTION_WINDOW_MS + EXACT_MS);
        }
      }),
      ONCE,
    );
  },
  LONG_MS,
);
