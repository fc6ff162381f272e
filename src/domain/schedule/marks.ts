import type { Instant } from "../base/instant.ts";
import type { ExchangeKey, PeerId } from "../events/events.ts";
import {
  DISCARD_LEGS,
  FAILED_MS,
  isGhost,
  waitedAt,
  type Anchor,
  type Flight,
  type Leg,
  type MessageShape,
} from "./flight.ts";

/** What is to be seen of an exchange at one instant. */
export type Mark =
  | {
      readonly kind: "travelling";
      readonly shape: MessageShape;
      readonly from: Anchor;
      readonly to: Anchor;
      /** 0 to 1. */
      readonly progress: number;
      readonly peer: PeerId | null;
      readonly attempt: number | null;
      readonly key: ExchangeKey;
      readonly seq: number;
    }
  /** It stays to be seen for a while. `progress`: how much of that is over, 0 to 1. */
  | {
      readonly kind: "failed";
      readonly at: Anchor;
      readonly shape: MessageShape | null;
      readonly words: string;
      readonly progress: number;
      readonly key: ExchangeKey;
      readonly seq: number;
    }
  /** A reply that nobody takes comes apart at the inbox. */
  | {
      readonly kind: "discarded";
      readonly shape: MessageShape;
      readonly at: Anchor;
      readonly progress: number;
      readonly key: ExchangeKey;
      readonly seq: number;
    }
  | {
      readonly kind: "held";
      readonly handling: boolean;
      readonly peer: PeerId;
      readonly key: ExchangeKey;
      readonly seq: number;
    }
  /** `remaining`: the share of the timeout that is left, 1 to 0; null for none known. */
  | {
      readonly kind: "waiting";
      readonly peer: PeerId;
      readonly remaining: number | null;
      readonly key: ExchangeKey;
      readonly seq: number;
    }
  /** `remaining`: the share of the wait for the next attempt that is left, 1 to 0. */
  | {
      readonly kind: "paused";
      readonly peer: PeerId;
      readonly remaining: number;
      readonly attempt: number;
      readonly key: ExchangeKey;
      readonly seq: number;
    };

/** What is to be seen of a flight at an instant of display time. `failedMs`: how long a failure stays. */
export function flightMarks(flight: Flight, at: Instant, failedMs = FAILED_MS): Mark[] {
  const { seq, key, legs, holds, wait, pause, failures } = flight;
  const marks: Mark[] = [];
  if (wait && at >= wait.startsAt && at < wait.endsAt) {
    const { peer, timeoutMs } = wait;
    const remaining = timeoutMs === null ? null : Math.max(0, 1 - waitedAt(wait, at) / timeoutMs);
    marks.push({ kind: "waiting", peer, remaining, key, seq });
  }
  if (pause && at >= pause.startsAt && at < pause.endsAt) {
    const { peer, endsAt, ms, attempt } = pause;
    marks.push({
      kind: "paused",
      peer,
      remaining: Math.min(1, (endsAt - at) / Math.max(1, ms)),
      attempt,
      key,
      seq,
    });
  }
  for (const hold of holds) {
    if (at < hold.startsAt || at >= hold.endsAt) continue;
    marks.push({ kind: "held", handling: at >= hold.handledFrom, peer: hold.peer, key, seq });
  }
  for (const [index, leg] of legs.entries()) {
    const { shape, from, to, peer, startsAt, endsAt, attempt } = leg;
    if (at < startsAt) continue;
    if (at < endsAt) {
      const progress = (at - startsAt) / (endsAt - startsAt);
      marks.push({ kind: "travelling", shape, from, to, progress, peer, attempt, key, seq });
    } else if (isGhost(leg)) {
      const length = (endsAt - startsAt) * DISCARD_LEGS;
      if (at < endsAt + length) {
        marks.push({ kind: "discarded", shape, at: to, progress: (at - endsAt) / length, key, seq });
      }
    } else if (restsAtServer(legs, index, at)) {
      marks.push({ kind: "travelling", shape, from, to, progress: 1, peer, attempt, key, seq });
    }
  }
  for (const { where, at: failedAt, shape, words } of failures) {
    if (at < failedAt || at >= failedAt + failedMs) continue;
    marks.push({ kind: "failed", at: where, shape, words, progress: (at - failedAt) / failedMs, key, seq });
  }
  return marks;
}

/**
 * A message that reached the server stays there to be seen until its way on begins. Where none is known it stays for as long as
 * a leg takes, in case news of another worker is late, and no longer: a server does not keep messages.
 */
function restsAtServer(legs: readonly Leg[], index: number, at: Instant): boolean {
  const leg = legs[index];
  if (!leg || leg.to.kind !== "server") return false;
  const onward = legs
    .slice(index + 1)
    .filter(({ from, peer }) => from.kind === "server" && (index === 0 || peer === leg.peer));
  if (onward.length === 0) return at < leg.endsAt + (leg.endsAt - leg.startsAt);
  return onward.every(({ startsAt }) => at < startsAt);
}
