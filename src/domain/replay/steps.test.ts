import { expect, test } from "vitest";
import { onTheWire } from "../schedule/onTheWire.ts";
import { fold } from "../record/fold.ts";
import { flightOf } from "../schedule/flight.ts";
import { flightMarks } from "../schedule/marks.ts";
import { timesToScale } from "../schedule/schedule.ts";
import { describeStep, type Participants } from "../narration/narration.ts";
import { outcomeCode } from "../events/outcomes.ts";
import { overviewOf, roughOverview } from "./overview.ts";
import { readExchange } from "../exchanges/readExchange.ts";
import type { RecordView } from "../record/trafficRecord.ts";
import { ReplayIndex } from "./replayIndex.ts";
import { currentStep, exchangeSpan, nextStep, stepBefore, stepCount } from "./steps.ts";
import { batchOf } from "../record/testing.ts";
import { transcriptAt } from "../narration/transcriptAt.ts";
import { lastStateOf } from "../record/peerStates.ts";
import { PastRecord } from "./recordAt.ts";
import { createRecord } from "../record/createRecord.ts";

const NAMES: Readonly<Record<number, string>> = { 1: "client-1", 2: "responder-1" };
const nameOf = (peer: number): string => NAMES[peer] ?? "?";
const participants: Participants = { nameOf, groupOf: () => ({ queue: "users", members: 3 }) };
const about = { reply: "_INBOX.a.1", subject: "user.get" };
const OTHER = { reply: "_INBOX.a.2", subject: "nobody.home" };

/** One exchange that is answered, told by the responder first, then a 503 in between and a crash at the end. */
function recorded() {
  const record = createRecord({ events: 64, exchanges: 16, textBytes: 4096 });
  fold(
    record,
    batchOf([
      // Its clock is behind: the delivery seems to come before the sending.
      { kind: "delivered", at: 1000.9, ...about, payload: "ask" },
      { kind: "handling", at: 1002, reply: about.reply },
      { kind: "handled", at: 1005, reply: about.reply },
      { kind: "answered", at: 1005, reply: about.reply, payload: "told" },
      { kind: "state", at: 1020, code: 7 },
    ]),
    2,
    0,
  );
  fold(
    record,
    batchOf([
      { kind: "called", at: 1000, link: 1 },
      { kind: "attempted", at: 1000, link: 1, code: 2000, ...about },
      { kind: "sent", at: 1001, ...about, payload: "ask" },
      { kind: "attempted", at: 1002.5, link: 2, code: 2000, ...OTHER },
      { kind: "sent", at: 1003, ...OTHER, payload: "ask" },
      { kind: "arrived", at: 1004, reply: OTHER.reply, code: 503 },
      { kind: "settled", at: 1004, reply: OTHER.reply, code: outcomeCode("noResponders") },
      { kind: "ping", at: 1006 },
      { kind: "arrived", at: 1008, reply: about.reply, payload: "told" },
      { kind: "settled", at: 1008, reply: about.reply, code: outcomeCode("replied") },
    ]),
    1,
    0,
  );
  const index = new ReplayIndex(record);
  const pastRecord = new PastRecord(record, index);
  return {
    record,
    past: (at: number): RecordView => ({ at, index, whole: record }),
    recordAt: (at: number) => pastRecord.at(at, 0),
  };
}

const walk = ({ past, recordAt }: ReturnType<typeof recorded>, seq: number | null): string[] => {
  const told: string[] = [];
  for (let at = 0; ;) {
    const number = nextStep(past(at), seq);
    if (number === undefined) return told;
    at = past(0).index.whenOf(number);
    told.push(describeStep(recordAt(at), number, participants).words);
  }
};

test("an exchange is told hop by hop, causes before effects whatever the clocks say", () => {
  expect(walk(recorded(), 1)).toEqual([
    "client-1 creates a reply subject, _INBOX.a.1, and will wait for 2 s at most.",
    "client-1 publishes a request to user.get.",
    "nats-server picks responder-1, one of 3 in queue group users, and delivers the request to it.",
    "responder-1 begins to handle the request.",
    "The handler of responder-1 finishes and returns a reply.",
    "responder-1 publishes its reply to the inbox.",
    "The reply reaches the inbox of client-1.",
    "client-1 takes the reply of responder-1 after 8 ms.",
  ]);
});

test("steps through everything pass over what tells nothing, and lead back the same way", () => {
  const { past, recordAt } = recorded();
  const forward = walk({ record: recordAt(Infinity), past, recordAt }, null);
  expect(forward).toHaveLength(13);
  expect(forward).toContain(
    "Nobody is subscribed to nobody.home: nats-server answers 503 to the inbox of client-1.",
  );
  const back: (number | undefined)[] = [];
  for (let at = Infinity; ;) {
    const number = stepBefore(past(at), null);
    if (number === undefined) break;
    back.unshift(number);
    at = past(0).index.whenOf(number);
    expect(currentStep(past(at), null)).toBe(number);
  }
  expect(back).toHaveLength(13);
});

test("an exchange's own steps are counted, and its time is known", () => {
  const { past } = recorded();
  expect(stepCount(past(1004), 1)).toEqual({ done: 4, all: 8 });
  expect(exchangeSpan(past(0), 1)).toEqual({ from: expect.closeTo(1000, 2), to: expect.closeTo(1008, 2) });
  expect(exchangeSpan(past(0), 99)).toBeNull();
});

test("the transcript of the past ends with the sentence of the step", () => {
  const { past, recordAt } = recorded();
  const { index } = past(0);
  const number = nextStep(past(1004.5), null) ?? 0;
  const at = index.whenOf(number);
  const lines = transcriptAt(recordAt(at), 5, participants);
  expect(lines).toHaveLength(5);
  expect(lines.at(-1)?.words).toBe(describeStep(recordAt(at), number, participants).words);
});

test("a peer's state is that of the instant", () => {
  const { recordAt } = recorded();
  expect(lastStateOf(recordAt(1019), 2)).toBeUndefined();
  expect(lastStateOf(recordAt(1020), 2)?.state).toBe("killed");
});

test("the picture in words agrees with what had happened", () => {
  const { record } = recorded();
  const exchange = readExchange(record, 1);
  if (!exchange) throw new Error("the exchange is not there");
  const flight = flightOf(exchange, timesToScale(exchange));
  const drawn = (at: number): readonly string[] => onTheWire(flightMarks(flight, at), nameOf);
  expect(drawn(999)).toEqual([]);
  expect(drawn(1003)).toEqual(["client-1 waits for a reply.", "responder-1 handles a request."]);
  expect(drawn(1007.9)).toContain("A reply goes from nats-server to the inbox of client-1.");
});

test("the overview counts what happened and what failed, finely and by the second", () => {
  const { record, past } = recorded();
  const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
  const fine = overviewOf(record, past(0).index, 1000, 1020, 10);
  expect(sum(fine.activity)).toBe(6);
  expect(fine.failures[2]).toBe(1);
  const rough = roughOverview(record, 1000, 2000, 4);
  expect(sum(rough.activity)).toBeCloseTo(8);
  expect(sum(rough.failures)).toBeCloseTo(1);
});
