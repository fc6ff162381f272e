import { seededRandom } from "../base/random.ts";
import { FLAG, HANDLER_RESULTS, PEER_STATES, type PeerId } from "../events/events.ts";
import { outcomeCode, type Outcome } from "../events/outcomes.ts";
import { replyKeyOf } from "../events/replyKey.ts";
import type { WrittenEvent } from "../record/testing.ts";

/** For property tests: a made-up call tree, from a seed. */
export interface MadeCall {
  /** What each peer records, in its order. `OUTSIDE` records nothing. */
  readonly streams: ReadonlyMap<PeerId, readonly WrittenEvent[]>;
  /** Which moment leads to which, as `reply what`: truths that the schedule must not contradict. */
  readonly causes: readonly MadeCause[];
}

/** `hops` lie between the two. */
export interface MadeCause {
  readonly cause: MadeMoment;
  readonly effect: MadeMoment;
  readonly hops: number;
}

export interface MadeMoment {
  readonly reply: string;
  readonly what: "attempted" | "sent" | "settled" | "delivered" | "handling" | "answered" | "arrived";
  /** The responder it is about. */
  readonly peer: PeerId;
  /** Who recorded it, and when. */
  readonly by: PeerId;
  readonly at: number;
  /** Of an arrival: what it says, empty for a 503. */
  readonly payload?: string;
}

const REQUESTER: PeerId = 1;
const FIRST_RESPONDER: PeerId = 11;

/** Where nothing is said of how long things take. */
const STARTS_AT = 1_000_000;

export interface MadeUp {
  readonly seed: number;
  /** The most that a handler works, in ms. */
  readonly mostWorkMs?: number;
}

/** Made of a seed: nested calls, one after the other or together, retries, fan-outs, gathers, late and second replies, 503, what is dropped, lost connections, programs outside. */
export function makeCall({ seed, mostWorkMs = 80 }: MadeUp): MadeCall {
  const random = seededRandom(seed);
  const upTo = (most: number): number => Math.floor(random() * (most + 1));
  const chance = (share: number): boolean => upTo(999) < share * 1000;
  const ms = (most: number): number => upTo(most * 100) / 100;
  const events = new Map<PeerId, WrittenEvent[]>();
  const causes: MadeCause[] = [];
  let requests = 0;

  const write = (peer: PeerId, event: WrittenEvent): void => {
    const stream = events.get(peer) ?? [];
    stream.push(event);
    events.set(peer, stream);
  };
  const cause = (from: MadeMoment, to: MadeMoment, hops = 0): void =>
    void causes.push({ cause: from, effect: to, hops });

  /** One attempt of a peer; gives when it was settled, and how. */
  const attempt = (
    peer: PeerId,
    at: number,
    depth: number,
    about: { readonly link: number; readonly size?: number; readonly flags: number },
    why: MadeMoment | null,
  ): { readonly at: number; readonly outcome: Outcome; readonly moment: MadeMoment } => {
    const reply = `_INBOX.made.${++requests}`;
    const subject = `made.${depth}`;
    const text = { reply, subject };
    const gathers = depth === 0 && (about.flags & FLAG.gathers) !== 0;
    const timeoutMs = chance(0.2) ? 1 + upTo(60) : 2000;
    write(peer, { kind: "attempted", at, code: timeoutMs, ...about, ...text });
    const attempted: MadeMoment = { reply, what: "attempted", peer, by: peer, at };
    if (why !== null) cause(why, attempted);
    const settle = (atMs: number, outcome: Outcome, link = 0) => {
      const settled: MadeMoment = { reply, what: "settled", peer, by: peer, at: atMs };
      write(peer, { kind: "settled", at: atMs, reply, code: outcomeCode(outcome), link });
      cause(attempted, settled);
      return { at: atMs, outcome, moment: settled };
    };
    const sentAt = at + ms(0.2);
    write(peer, { kind: "sent", at: sentAt, ...text, payload: "ask" });
    const sent: MadeMoment = { reply, what: "sent", peer, by: peer, at: sentAt };
    cause(attempted, sent);

    if (chance(0.1)) {
      const refusedAt = sentAt + ms(2);
      write(peer, { kind: "arrived", at: refusedAt, reply, code: 503 });
      const arrived: MadeMoment = { reply, what: "arrived", peer: 0, by: peer, at: refusedAt, payload: "" };
      cause(sent, arrived, 2);
      const refused = settle(refusedAt, "noResponders");
      cause(arrived, refused.moment);
      return refused;
    }
    const responders = chance(0.25) ? 2 + upTo(2) : 1;
    const answers: { readonly at: number; readonly from: PeerId; readonly payload: string }[] = [];
    for (let nth = 0; nth < responders; nth++) {
      // Each level has responders of its own, so that none asks itself.
      const responder = FIRST_RESPONDER + depth * 10 + nth;
      const deliveredAt = sentAt + 0.05 + ms(3);
      if (nth > 0 && chance(0.2)) {
        answers.push({ at: deliveredAt + ms(10), from: 0, payload: `outside ${reply}` });
        continue;
      }
      write(responder, { kind: "delivered", at: deliveredAt, ...text, payload: "ask" });
      const delivered: MadeMoment = {
        reply,
        what: "delivered",
        peer: responder,
        by: responder,
        at: deliveredAt,
      };
      cause(sent, delivered, 2);
      if (chance(0.05)) continue;
      let now = deliveredAt + (chance(0.2) ? ms(30) : ms(0.3));
      write(responder, { kind: "handling", at: now, reply });
      const handling: MadeMoment = { reply, what: "handling", peer: responder, by: responder, at: now };
      cause(delivered, handling);
      const led: MadeMoment[] = [handling];
      now += ms(mostWorkMs / 2);
      const asks = depth < 3 && chance(0.5) ? 1 + upTo(1) : 0;
      const together = chance(0.5);
      const startedAt = now;
      let last: MadeMoment = handling;
      let ended = now;
      for (let ask = 0; ask < asks; ask++) {
        const nested = attempt(
          responder,
          together ? startedAt : ended,
          depth + 1,
          { link: replyKeyOf(reply), flags: FLAG.nested },
          together ? handling : last,
        );
        led.push(nested.moment);
        last = nested.moment;
        ended = Math.max(ended, nested.at);
      }
      now = ended + ms(mostWorkMs / 2);
      if (chance(0.05)) {
        write(responder, { kind: "handled", at: now, reply, code: HANDLER_RESULTS.indexOf("dropped") });
        continue;
      }
      const failed = chance(0.1);
      write(responder, { kind: "handled", at: now, reply, code: failed ? 1 : 0 });
      const payload = `from ${responder} to ${reply}`;
      write(responder, { kind: "answered", at: now, reply, payload, flags: failed ? FLAG.error : 0 });
      answers.push({ at: now, from: responder, payload });
      for (const before of led)
        cause(before, { reply, what: "answered", peer: responder, by: responder, at: now });
    }
    const arrivals = answers
      .map((answer) => ({ ...answer, arrivedAt: answer.at + 0.05 + ms(2) }))
      .sort((a, b) => a.arrivedAt - b.arrivedAt);
    const endsAt = at + timeoutMs;
    const wanted = gathers ? Math.max(1, arrivals.length - upTo(1)) : 1;
    let result: ReturnType<typeof settle> | null = null;
    let taken = 0;
    for (const { at: answeredAt, arrivedAt, from, payload } of arrivals) {
      if (result === null && arrivedAt > endsAt) result = settle(endsAt, "timedOut", taken);
      write(peer, { kind: "arrived", at: arrivedAt, reply, payload });
      const arrived: MadeMoment = { reply, what: "arrived", peer: from, by: peer, at: arrivedAt, payload };
      const answer = { what: "answered", peer: from, by: from, at: answeredAt } as const;
      if (from !== 0) cause({ reply, ...answer }, arrived, 2);
      else cause(sent, arrived, 4);
      if (result !== null) {
        if (result.outcome === "timedOut") cause(result.moment, arrived);
        continue;
      }
      if (++taken !== wanted) continue;
      result = settle(arrivedAt, "replied", taken);
      cause(arrived, result.moment);
    }
    return result ?? settle(endsAt, "timedOut", taken);
  };

  const attempts = 1 + (chance(0.4) ? upTo(2) : 0);
  const flags = chance(0.15) ? FLAG.gathers : 0;
  write(REQUESTER, { kind: "called", at: STARTS_AT, link: 1 });
  let at = STARTS_AT;
  let why: MadeMoment | null = null;
  for (let nth = 1; nth <= attempts; nth++) {
    const { at: endedAt, outcome, moment } = attempt(REQUESTER, at, 0, { link: 1, size: nth, flags }, why);
    if (outcome === "replied" || nth === attempts) break;
    const waits = chance(0.5) ? upTo(50) : 400;
    write(REQUESTER, {
      kind: "backoff",
      at: endedAt,
      reply: moment.reply,
      link: 1,
      code: waits,
      size: nth + 1,
    });
    at = endedAt + waits;
    why = moment;
  }
  const streams = new Map<PeerId, readonly WrittenEvent[]>();
  const killed = new Set<PeerId>();
  const cut = chance(0.1) ? STARTS_AT + ms(100) : Infinity;
  for (const [peer, stream] of events) {
    const ordered = stream.toSorted((a, b) => a.at - b.at);
    // A worker is killed: nothing of it is recorded any more.
    const whole = peer === REQUESTER || cut === Infinity || upTo(2) > 0;
    const kept = whole ? ordered : ordered.filter((event) => event.at <= cut);
    if (!whole) killed.add(peer);
    if (!whole) kept.push({ kind: "state", at: cut, code: PEER_STATES.indexOf("killed"), payload: "killed" });
    streams.set(peer, kept);
  }
  const recorded = ({ by, at: when }: MadeMoment): boolean => !killed.has(by) || when <= cut;
  return { streams, causes: causes.filter(({ cause, effect }) => recorded(cause) && recorded(effect)) };
}
