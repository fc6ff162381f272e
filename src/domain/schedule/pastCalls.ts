import { exchangeRevision } from "../exchanges/exchangeRevision.ts";
import { readExchange } from "../exchanges/readExchange.ts";
import type { RecordView } from "../record/trafficRecord.ts";
import { treeNumber } from "./callTree.ts";
import { FAILED_MS, flightOf } from "./flight.ts";
import type { Drawn } from "./drawn.ts";
import { everyFor, isDrawn } from "./sampling.ts";
import { timesToScale } from "./schedule.ts";

interface Planned {
  readonly revision: number;
  readonly drawn: Drawn | null;
}

/** Exchanges kept ready for the next instant. */
const MOST_PLANNED = 2000;

/**
 * What is to be seen of the exchanges of the past, true to scale: between two events a message is as far on its way as the time
 * says, so that at every instant the picture agrees with what had happened.
 */
export class PastCalls {
  readonly #planned = new Map<number, Planned>();
  /** One of how many call trees is drawn. */
  every = 1;

  /** The exchanges that are under way at that instant; the tree of `chosen` is always among them. */
  at(past: RecordView, speed: number, chosen: number | null): Drawn[] {
    const { index, at, whole } = past;
    const seqs = [...index.underWayAt(at, at - FAILED_MS / speed)];
    this.every = everyFor(seqs.length);
    const drawn: Drawn[] = [];
    const chosenTree = chosen === null ? null : treeNumber(whole, chosen);
    for (const seq of seqs.reverse()) {
      const tree = this.every === 1 ? 0 : treeNumber(whole, seq);
      if (seq !== chosen && tree !== chosenTree && !isDrawn(tree, this.every)) continue;
      const one = this.#plan(past, seq);
      if (one) drawn.push(one);
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
      const times = timesToScale(exchange);
      drawn = { exchange, times, flight: flightOf(exchange, times) };
    }
    if (this.#planned.size >= MOST_PLANNED) this.#planned.clear();
    this.#planned.set(seq, { revision, drawn });
    return drawn;
  }
}
