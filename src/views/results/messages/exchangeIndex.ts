import { TimeOrder } from "../../../domain/base/timeOrder.ts";
import { plainMessages } from "../../../domain/exchanges/plainMessage.ts";
import { RecordCursor } from "../../../domain/record/recordCursor.ts";
import type { TrafficRecord } from "../../../domain/record/trafficRecord.ts";
import type { RowIndex } from "../../lists/rows.ts";

/** So many messages without a reply subject are listed. */
export const MOST_MESSAGES = 1000;

/**
 * Which exchanges of a record are wanted, the one that began latest first, kept up to date in small steps: a record holds tens of
 * thousands of exchanges and grows by a thousand a second, so one is looked at when something of it changed, and never all in one
 * go. They are in the order of their times: the page learns of them by turns, since each worker tells at its own pace. Among them are
 * the newest messages without a reply subject, by the numbers of their events below 0.
 */
export function createExchangeIndex(record: TrafficRecord, isWanted: (row: number) => boolean): RowIndex {
  const { exchanges, events } = record;
  const cursor = new RecordCursor(record, "now");
  const order = new TimeOrder();
  /** Those that are wanted, with the times at which they stand in the order. */
  const listed = new Map<number, number>();
  let first = Math.max(exchanges.first, exchanges.last - exchanges.capacity + 1);
  /** The next one to look at while going back. */
  let back = exchanges.last;

  /** Messages that are looked at, the oldest first, and up to which event. */
  const messages: number[] = [];
  let messagesUpTo = 0;

  const beganAt = (row: number): number =>
    (row < 0 ? events.at[-row % events.capacity] : exchanges.firstAt[row % exchanges.capacity]) ?? 0;

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

  const lookAtMessages = (firstEvent: number): void => {
    for (const number of plainMessages(record, messagesUpTo + 1, events.last)) {
      messages.push(number);
      look(-number);
    }
    messagesUpTo = events.last;
    const kept = messages.findIndex((number) => number >= firstEvent);
    const dropped = Math.max(kept < 0 ? messages.length : kept, messages.length - MOST_MESSAGES);
    for (const number of messages.splice(0, dropped)) drop(-number);
  };

  return {
    advance(budget) {
      const { afresh, firstSeq, firstEvent } = cursor.next();
      if (afresh) {
        order.clear();
        listed.clear();
        messages.length = 0;
        messagesUpTo = 0;
        back = exchanges.last;
      } else {
        for (let seq = first; seq < firstSeq && listed.size > 0; seq++) drop(seq);
      }
      first = firstSeq;
      lookAtMessages(firstEvent);
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
