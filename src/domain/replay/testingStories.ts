import { type PeerId, FLAG } from "../events/events.ts";
import { outcomeCode } from "../events/outcomes.ts";
import type { WrittenEvent } from "../record/testing.ts";

/** For property tests: who takes part in the stories below. */
export const REQUESTERS: readonly PeerId[] = [1, 2];
export const RESPONDERS: readonly PeerId[] = [11, 12, 13];

/** What happens to one request. */
export interface Story {
  readonly requester: PeerId | null;
  readonly responders: readonly PeerId[];
  readonly answers: readonly boolean[];
  readonly end: "taken" | "timedOut" | "noResponders" | "open";
  /** After an attempt that failed; or with every reply taken, up to the last but one. */
  readonly how?: "once" | "retried" | "gathers";
}

/** The streams of events that a list of stories leaves at each peer: what one worker records is in order. */
export function streamsOf(stories: readonly Story[]): Map<PeerId, WrittenEvent[]> {
  const streams = new Map<PeerId, WrittenEvent[]>();
  const write = (peer: PeerId, event: WrittenEvent): void => {
    const stream = streams.get(peer) ?? [];
    stream.push(event);
    streams.set(peer, stream);
  };
  for (const [n, { requester, responders, answers, end, how }] of stories.entries()) {
    const reply = `_INBOX.test.${n}`;
    const at = 1_000_000 + n * 10;
    const about = { reply, subject: "user.get" };
    if (requester !== null) {
      write(requester, { kind: "called", at, link: n + 1 });
      if (how === "retried") {
        const first = { reply: `${reply}.first`, subject: "user.get" };
        write(requester, { kind: "attempted", at, link: n + 1, size: 1, code: 2, ...first });
        write(requester, { kind: "sent", at, ...first, payload: "ask" });
        const { reply: failed } = first;
        write(requester, { kind: "settled", at, reply: failed, code: outcomeCode("timedOut") });
        write(requester, { kind: "backoff", at, reply: failed, link: n + 1, code: 3, size: 2 });
        if (n % 2 === 0) write(requester, { kind: "breaker", at, code: n % 3, link: 5, size: 1 });
      }
      const flags = how === "gathers" ? FLAG.gathers : 0;
      const size = how === "retried" ? 2 : 1;
      write(requester, { kind: "attempted", at, link: n + 1, code: 2000, flags, size, ...about });
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
      if (how === "gathers") {
        for (const responder of answering) arrive(responder);
        const link = Math.max(1, answering.length - 1);
        write(requester, { kind: "settled", at: at + 9, reply, link, code: outcomeCode("replied") });
        write(requester, { kind: "concluded", at: at + 9, reply, link: n + 1, code: outcomeCode("replied") });
        continue;
      }
      const [first, ...others] = answering;
      if (first !== undefined)
        write(requester, { kind: "arrived", at: at + 7, reply, payload: `from ${first}` });
      settle("replied");
      for (const responder of others) arrive(responder);
    }
  }
  return streams;
}
