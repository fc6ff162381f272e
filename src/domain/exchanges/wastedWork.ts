import { exchangeRevision } from "./exchangeRevision.ts";
import type { PeerId } from "../events/events.ts";
import type { Exchange } from "../events/exchange.ts";
import { readExchange } from "./readExchange.ts";
import { RecordCursor } from "../record/recordCursor.ts";
import type { TrafficRecord } from "../record/trafficRecord.ts";

/** Handlers that ran, and whose replies nobody took. */
export interface WastedWork {
  readonly handlers: number;
  /** Time spent in them, in ms. */
  readonly ms: number;
}

/**
 * What an exchange had handlers do for nobody, by responder: each that replied when its requester had settled for another reply, or
 * had given up. Nothing of one that was asked elsewhere: who takes its replies is not seen here.
 */
function wastedWorkIn(exchange: Exchange): ReadonlyMap<PeerId, WastedWork> {
  const { requester, settledAt, deliveries, arrivals } = exchange;
  const work = new Map<PeerId, WastedWork>();
  if (requester === null || settledAt === null) return work;
  const left = [...arrivals];
  for (const { peer, handlingAt, handledAt, answeredAt } of deliveries) {
    if (answeredAt === null) continue;
    const index = left.findIndex(({ from }) => from === peer);
    const arrival = index < 0 ? undefined : left.splice(index, 1)[0];
    // One that has not arrived may still be on its way; after the end nobody takes it.
    const wasted = arrival
      ? arrival.verdict === "late" || arrival.verdict === "duplicate"
      : answeredAt > settledAt;
    if (!wasted) continue;
    const before = work.get(peer) ?? { handlers: 0, ms: 0 };
    const ms = handlingAt === null ? 0 : Math.max(0, (handledAt ?? answeredAt) - handlingAt);
    work.set(peer, { handlers: before.handlers + 1, ms: before.ms + ms });
  }
  return work;
}

interface Known {
  readonly revision: number;
  readonly work: ReadonlyMap<PeerId, WastedWork>;
}

/** The work for nobody in all exchanges that are held, kept up to date in small steps. */
export class WastedWorkIndex {
  readonly #record: TrafficRecord;
  readonly #known = new Map<number, Known>();
  readonly #sums = new Map<PeerId, { handlers: number; ms: number }>();
  readonly #cursor: RecordCursor;
  /** The next one to look at while going back. */
  #back: number;

  constructor(record: TrafficRecord) {
    this.#record = record;
    this.#cursor = new RecordCursor(record, "now");
    this.#back = record.exchanges.last;
  }

  /** Takes in what was recorded since, and looks at `budget` older exchanges. True when all was looked at. */
  advance(budget: number): boolean {
    const { exchanges } = this.#record;
    const { afresh, firstSeq } = this.#cursor.next();
    if (afresh) this.#back = exchanges.last;
    for (const seq of this.#known.keys()) if (afresh || seq < firstSeq) this.#forget(seq);
    // Replies that nobody takes come at any time after an exchange has settled.
    for (const seq of this.#cursor.touched()) if (seq > this.#back) this.#look(seq, exchanges.capacity);
    const until = Math.max(firstSeq, this.#back - budget + 1);
    for (; this.#back >= until; this.#back--) this.#look(this.#back, exchanges.capacity);
    return this.#back < firstSeq;
  }

  of(peer: PeerId): WastedWork {
    return this.#sums.get(peer) ?? { handlers: 0, ms: 0 };
  }

  get total(): WastedWork {
    let [handlers, ms] = [0, 0];
    for (const sum of this.#sums.values()) {
      handlers += sum.handlers;
      ms += sum.ms;
    }
    return { handlers, ms };
  }

  #look(seq: number, capacity: number): void {
    const { exchanges } = this.#record;
    const row = seq % capacity;
    // Cheap: only where there are more answers than one that was taken can anything be for nobody.
    const answers = exchanges.answers[row] ?? 0;
    const ghosts = (exchanges.late[row] ?? 0) + (exchanges.duplicate[row] ?? 0);
    const unheard = answers > (exchanges.arrivals[row] ?? 0);
    if (ghosts === 0 && !unheard) {
      this.#forget(seq);
      return;
    }
    const revision = exchangeRevision(this.#record, seq);
    if (revision === null || this.#known.get(seq)?.revision === revision) return;
    this.#forget(seq);
    const exchange = readExchange(this.#record, seq);
    const work = exchange ? wastedWorkIn(exchange) : new Map<PeerId, WastedWork>();
    this.#known.set(seq, { revision, work });
    this.#count(work, 1);
  }

  #forget(seq: number): void {
    const known = this.#known.get(seq);
    if (!known) return;
    this.#known.delete(seq);
    this.#count(known.work, -1);
  }

  #count(work: ReadonlyMap<PeerId, WastedWork>, sign: 1 | -1): void {
    for (const [peer, { handlers, ms }] of work) {
      const sum = this.#sums.get(peer) ?? { handlers: 0, ms: 0 };
      this.#sums.set(peer, { handlers: sum.handlers + sign * handlers, ms: sum.ms + sign * ms });
    }
  }
}
