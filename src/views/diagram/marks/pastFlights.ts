import { exchangeRevision } from "../../../domain/exchanges/exchangeRevision.ts";
import { planFlight } from "../../../domain/timeline/flight.ts";
import { readExchange } from "../../../domain/exchanges/readExchange.ts";
import { EXPIRED_MS, type Drawn } from "./activeFlights.ts";
import { everyFor, isDrawn } from "./sampling.ts";
import type { RecordView } from "../../../domain/record/trafficRecord.ts";

interface Planned {
  readonly revision: number;
  readonly drawn: Drawn | null;
}

/** Flights kept ready for the next instant. */
const MOST_PLANNED = 2000;
/** Exchanges under way that are looked at; beyond it there is more than can be drawn in any case. */
const MOST_LOOKED_AT = 20_000;

/**
 * What is to be seen of the exchanges of the past, true to scale: between two events a message is as far on its way as the time
 * says, so that at every instant the picture agrees with what had happened.
 */
export class PastFlights {
  readonly #planned = new Map<number, Planned>();
  /** One of how many exchanges is drawn. */
  every = 1;

  /** The exchanges that are under way at that instant; `chosen` is always among them. */
  at(past: RecordView, speed: number, chosen: number | null): Drawn[] {
    const { index, at } = past;
    const seqs: number[] = [];
    for (const seq of index.underWayAt(at, at - EXPIRED_MS / speed)) {
      seqs.push(seq);
      if (seqs.length === MOST_LOOKED_AT) break;
    }
    this.every = everyFor(seqs.length);
    const drawn: Drawn[] = [];
    for (const seq of seqs.reverse()) {
      if (seq !== chosen && !isDrawn(seq, this.every)) continue;
      const flight = this.#plan(past, seq);
      if (flight) drawn.push(flight);
    }
    return drawn;
  }

  #plan({ whole }: RecordView, seq: number): Drawn | null {
    const revision = exchangeRevision(whole, seq);
    if (revision === null) return null;
    const known = this.#planned.get(seq);
    if (known?.revision === revision) return known.drawn;
    const exchange = readExchange(whole, seq);
    let drawn: Drawn | null = null;
    if (exchange) {
      const { subject, requester, outcome, settledAt } = exchange;
      const timedOut = outcome === "timedOut" && settledAt !== null && requester !== null;
      drawn = {
        seq,
        subject,
        flight: planFlight(exchange, { minLegMs: 0 }),
        expired: timedOut ? { peer: requester, at: settledAt } : null,
      };
    }
    if (this.#planned.size >= MOST_PLANNED) this.#planned.clear();
    this.#planned.set(seq, { revision, drawn });
    return drawn;
  }
}
