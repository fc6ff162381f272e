import type { EventSink } from "../domain/batch.ts";
import { type ExchangeKey, FLAG, KIND } from "../domain/events.ts";
import { formatCounted, formatMs } from "../domain/formats.ts";
import { type Outcome, outcomeCode } from "../domain/outcomes.ts";
import { replyKey } from "../domain/replyKey.ts";
import type { GatherPolicy } from "../domain/setup.ts";
import { onTheWire } from "../domain/sharedServer.ts";
import { type Answer, failureOf, type Question, saysNoResponders, wireSubject } from "./ask.ts";
import type { Connection } from "./connect.ts";
import { createMux } from "./mux.ts";
import type { Frame } from "../protocol/frame.ts";
import { encodeText } from "./text.ts";

export interface Gatherer {
  /**
   * Publishes one request and takes every reply until a rule ends it. Settles exactly once, whatever happens to the connection.
   * Never rejects. `link` is the call.
   */
  gather(question: Question, payload: Uint8Array, link: number, rules: GatherPolicy): Promise<Answer>;
  /** Settles every exchange in flight as cancelled. */
  cancel(reason: string): void;
}

interface Gathering {
  readonly key: ExchangeKey;
  readonly number: number;
  readonly question: Question;
  readonly rules: GatherPolicy;
  readonly resolve: (answer: Answer) => void;
  readonly over: ReturnType<typeof setTimeout>;
  gap: ReturnType<typeof setTimeout> | undefined;
  /** Messages taken, the one that says that there are no more included. */
  taken: number;
  replies: number;
  errors: number;
}

/**
 * Many replies to one request, over one subscription for all of them. Not `nats.requestMany`: that one drops the headers where
 * it subscribes for each request, and waits 300 ms between replies whatever it is told.
 */
export function createGatherer(connection: Connection, sink: EventSink, clock: () => number): Gatherer {
  /** By their numbers on the inbox. */
  const open = new Map<number, Gathering>();
  const mux = createMux({
    connection,
    onReply: onMessage,
    onForbidden(subject) {
      for (const gathering of open.values())
        if (onTheWire(gathering.question.subject, connection.prefix) === subject)
          settle(gathering, "refused", `The server does not permit to publish to ${subject}.`);
    },
    onDeaf: ({ message }) =>
      settleAll("refused", `The server does not permit to wait for replies: ${message}.`),
  });

  connection.listen({
    // The server has forgotten where to send replies, so none can come any more.
    down: (reason) => settleAll("connectionLost", reason),
  });

  function onMessage(number: number, frame: Frame, isError: boolean): void {
    const gathering = open.get(number);
    if (gathering === undefined) return;
    const { rules, question } = gathering;
    const empty = frame.payloadEnd === frame.payloadStart;
    if (saysNoResponders(frame)) {
      return settle(gathering, "noResponders", `Nothing is subscribed to ${question.subject}.`);
    }
    gathering.taken++;
    if (empty && rules.sentinel) return end(gathering, "an empty reply said that there are no more");
    gathering.replies++;
    if (isError) gathering.errors++;
    if (gathering.replies === rules.count) return end(gathering, "no more were wanted");
    if (rules.gapMs === null) return;
    clearTimeout(gathering.gap);
    const { gapMs } = rules;
    gathering.gap = setTimeout(() => end(gathering, `no other came for ${formatMs(gapMs)}`), gapMs);
  }

  /** Ends it as its rules say. */
  function end(gathering: Gathering, why: string): void {
    const { replies, errors, rules } = gathering;
    const of = rules.count === null || replies === rules.count ? "" : ` of ${rules.count}`;
    const words = `${formatCounted(replies, "reply", "replies")}${of} gathered; ended because ${why}.`;
    settle(gathering, replies > 0 && errors === replies ? "errorReply" : "replied", words);
  }

  function onTime(gathering: Gathering): void {
    const time = formatMs(gathering.rules.forMs);
    if (gathering.replies === 0) settle(gathering, "timedOut", `No reply came within ${time}.`);
    else end(gathering, `${time} were over`);
  }

  function settle(gathering: Gathering, outcome: Outcome, reason: string): void {
    if (!open.delete(gathering.number)) return;
    clearTimeout(gathering.over);
    clearTimeout(gathering.gap);
    const { key, taken, resolve } = gathering;
    const texts = { payload: encodeText(reason) };
    const at = clock();
    sink.record(KIND.settled, at, key, taken, outcomeCode(outcome), 0, 0, texts);
    resolve({ outcome, reason, key, at, message: null });
  }

  function settleAll(outcome: Outcome, reason: string): void {
    for (const gathering of open.values()) {
      const { replies } = gathering;
      const lost = replies === 0 ? "" : ` ${formatCounted(replies, "reply", "replies")} had come.`;
      settle(gathering, outcome, `${reason}${lost}`);
    }
  }

  return {
    gather(question, payload, link, rules) {
      const nats = connection.live;
      const none = { key: 0, at: clock(), message: null };
      if (question.refusal !== null) {
        return Promise.resolve({ outcome: "refused", reason: question.refusal, ...none });
      }
      if (nats === null) {
        return Promise.resolve({ outcome: "connectionLost", reason: connection.reason, ...none });
      }
      return new Promise((resolve) => {
        const { number, subject: reply } = mux.next(nats);
        const gathering: Gathering = {
          key: replyKey(reply),
          number,
          question,
          rules,
          resolve,
          over: setTimeout(() => onTime(gathering), rules.forMs),
          gap: undefined,
          taken: 0,
          replies: 0,
          errors: 0,
        };
        open.set(number, gathering);
        const { subjectBytes, headersBlock } = question;
        sink.record(KIND.attempted, clock(), gathering.key, link, rules.forMs, FLAG.gathers, 1, {
          subject: subjectBytes,
          reply,
        });
        try {
          connection.publish(wireSubject(question, connection), { payload, reply, headers: headersBlock });
        } catch (thrown) {
          const { outcome, reason } = failureOf(thrown, question, payload.length, nats.info?.max_payload);
          settle(gathering, outcome, reason);
        }
      });
    },
    cancel: (reason) => settleAll("cancelled", reason),
  };
}
