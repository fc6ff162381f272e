import { TimeOrder } from "../../../domain/base/timeOrder.ts";
import { RecordCursor } from "../../../domain/record/recordCursor.ts";
import type { TrafficRecord } from "../../../domain/record/trafficRecord.ts";
import type { RowIndex } from "../../lists/rows.ts";

/**
 * Which exchanges of a record are wanted, the one that began latest first, kept up to date in small steps: a record holds tens of
 * thousands of exchanges and grows by a thousand a second, so one is looked at when something of it changed, and never all in one
 * go. They are in the order of their times: the page learns of them by turns, since each worker tells at its own pace.
 */
export function createExchangeIndex(record: TrafficRecord, isWanted: (seq: number) => boolean): RowIndex {
  const { exchanges } = record;
  const cursor = new RecordCursor(record, "now");
  const order = new TimeOrder();
  /** Those that are wanted, with the times at which they stand in the order. */
  const listed = new Map<number, number>();
  let first = Math.max(exchanges.first, exchanges.last - exchanges.capacity + 1);
  /** The next one to look at while going back. */
  let back = exchanges.last;

  const beganAt = (seq: number): number => exchanges.firstAt[seq % exchanges.capacity] ?? 0;

  const drop = (seq: number): void => {
    const at = listed.get(seq);
    if (at === undefined) return;
    order.remove(seq, at);
    listed.delete(seq);
  };

  const look = (seq: number): void => {
    const at = beganAt(seq);
    const wanted = isWanted(seq);
    if (listed.get(seq) === (wanted ? at : undefined)) return;
    drop(seq);
    if (!wanted) return;
    order.add(seq, at);
    listed.set(seq, at);
  };

  return {
    advance(budget) {
      const { afresh, firstSeq } = cursor.next();
      if (afresh) {
        order.clear();
        listed.clear();
        back = exchanges.last;
      } else {
        for (let seq = first; seq < firstSeq && listed.size > 0; seq++) drop(seq);
      }
      first = firstSeq;
      for (const seq of cursor.touched()) if (seq > back) look(seq);
      const until = Math.max(first, back - budget + 1);
      for (; back >= until; back--) look(back);
      return back < first;
    },
    get count() {
      return order.size;
    },
    at: (place) => order.at(place),
    newerThan: (seq) => order.newerThan(seq, listed.get(seq) ?? beganAt(seq)),
  };
}
