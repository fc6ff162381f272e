import type { EventSink } from "../../domain/events/batch.ts";
import { type CallId, type ExchangeKey, FLAG, KIND, type PeerId } from "../../domain/events/events.ts";
import type { Instant } from "../../domain/base/instant.ts";
import { type Outcome, outcomeCode } from "../../domain/events/outcomes.ts";
import { encodeReason, type Reason, type ReasonOf } from "../../domain/events/reasons.ts";
import { encodeText } from "../connection/text.ts";
import {
  attemptCall,
  type AttemptParts,
  type Ended,
  isPlain,
  type Progress,
  type Under,
} from "./attempts.ts";
import { createBreakers } from "./breaker.ts";
import { type Exchanges, ONLY_ATTEMPT } from "./exchanges.ts";
import type { PreparedRequest } from "./preparedRequest.ts";

export interface CallEnd {
  readonly outcome: Outcome;
  /** Whether anything was published for it. */
  readonly sent: boolean;
  /** When it was made and when it was concluded, epoch ms on the requester's clock. */
  readonly startedAt: Instant;
  readonly endedAt: Instant;
}

export interface Requester {
  /** One call: asked for, attempted, concluded exactly once. Never rejects. Without a policy it is one attempt. */
  call(request: PreparedRequest, payload: Uint8Array, under?: Under): Promise<CallEnd>;
  /** Gives up every call in flight, also those that wait for their next attempt. */
  cancel(reason: ReasonOf<"cancelled">): void;
  readonly inFlight: number;
}

export interface RequesterParts {
  readonly peer: PeerId;
  readonly exchanges: Exchanges;
  readonly sink: EventSink;
  readonly clock: () => number;
}

/** Above this a running number would reach into the next peer's calls. */
const CALLS_PER_PEER = 2 ** 32;

export function createRequester({ peer, exchanges, sink, clock }: RequesterParts): Requester {
  const parts: AttemptParts = { exchanges, breakers: createBreakers(sink, clock), sink, clock };
  /** How to give up the calls that are made under a policy. */
  const giveUps = new Set<(reason: ReasonOf<"cancelled">) => void>();
  // Another worker of this peer may have numbered calls before, when it had another name or was connected elsewhere. In µs the
  // clock is ahead of any count of calls.
  let calls = Math.floor(clock() * 1000) % CALLS_PER_PEER;
  let inFlight = 0;

  /** Ends at once when it is given up, whatever the policy waits for. */
  async function underPolicy(
    request: PreparedRequest,
    payload: Uint8Array,
    id: CallId,
    under: Under,
  ): Promise<Ended> {
    const abort = new AbortController();
    const progress: Progress = { waiting: false, key: 0, made: 0 };
    let giveUp = (_reason: ReasonOf<"cancelled">): void => {};
    const givenUp = new Promise<Ended>((resolve) => {
      giveUp = (reason) => {
        abort.abort();
        // What is in flight was cancelled, and ends the call by itself.
        if (progress.waiting) resolve({ ...progress, outcome: "cancelled", reason, barred: false });
      };
    });
    giveUps.add(giveUp);
    const made = attemptCall(parts, request, payload, id, under, abort.signal, progress);
    const end = await Promise.race([made, givenUp]);
    giveUps.delete(giveUp);
    return end;
  }

  return {
    call(request, payload, under) {
      const id: CallId = peer * CALLS_PER_PEER + (++calls % CALLS_PER_PEER);
      inFlight++;
      const startedAt = clock();
      sink.record(KIND.called, startedAt, 0, id, 0, 0, 0);
      return new Promise((resolve) => {
        // Apart, not as one object: tens of thousands a second end here.
        const conclude = (
          outcome: Outcome,
          reason: Reason | null,
          key: ExchangeKey,
          made: number,
          barred: boolean,
          endedAt: Instant,
        ): void => {
          inFlight--;
          const texts = reason === null ? undefined : { payload: encodeText(encodeReason(reason)) };
          const flags = barred ? FLAG.barred : 0;
          sink.record(KIND.concluded, endedAt, key, id, outcomeCode(outcome), flags, made, texts);
          resolve({ outcome, sent: key !== 0, startedAt, endedAt });
        };
        if (under === undefined || isPlain(under.policy))
          exchanges.start(request, payload, id, ONLY_ATTEMPT, startedAt, ({ outcome, reason, key, at }) =>
            conclude(outcome, reason, key, 1, false, at),
          );
        else
          void underPolicy(request, payload, id, under).then(({ outcome, reason, key, made, barred }) =>
            conclude(outcome, reason, key, made, barred, clock()),
          );
      });
    },
    cancel(reason) {
      exchanges.cancel(reason);
      for (const giveUp of giveUps) giveUp(reason);
    },
    get inFlight() {
      return inFlight;
    },
  };
}
