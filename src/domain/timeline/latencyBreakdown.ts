import type { Delivery, Exchange } from "../events/exchange.ts";
import type { Instant } from "../base/instant.ts";

/** Where an exchange spent its time. */
export type LatencyPartKind =
  | "client"
  | "toResponder"
  | "waiting"
  | "handler"
  | "back"
  | "elsewhere"
  | "server"
  | "unanswered"
  | "gathering"
  | "taken";

export const LATENCY_PART_WORDS: Readonly<Record<LatencyPartKind, string>> = {
  client: "in the client, before it left",
  toResponder: "to the server and the responder",
  waiting: "waiting behind others",
  handler: "in the handler",
  back: "back to the inbox",
  elsewhere: "through the server, answered outside this page",
  server: "to the server and its 503 back",
  unanswered: "no answer",
  gathering: "waiting for more replies",
  taken: "in the client, after it arrived",
};

export interface LatencyPart {
  readonly kind: LatencyPartKind;
  readonly fromAt: Instant;
  /** Never negative. */
  readonly ms: number;
}

/**
 * The way of a request and of the reply that was taken, leg after leg without a gap: the lengths add up to the time from the
 * first known moment to the last. A moment that was not recorded joins its two legs. Clocks of different workers agree only
 * so far, so a leg that would end before it began has no length.
 */
export function latencyBreakdown(exchange: Exchange): readonly LatencyPart[] {
  const legs: LatencyPart[] = [];
  // Of a way that is known in parts, no part has its true length.
  if (exchange.gone.some) return legs;
  let now: Instant | null = null;
  for (const [kind, at] of moments(exchange)) {
    if (at === null) continue;
    if (now !== null) legs.push({ kind, fromAt: now, ms: Math.max(0, at - now) });
    now = now === null ? at : Math.max(now, at);
  }
  return legs;
}

type Moment = readonly [ledHereBy: LatencyPartKind, at: Instant | null];

function moments(exchange: Exchange): readonly Moment[] {
  const { attemptedAt, sentAt, settledAt } = exchange;
  const left: readonly Moment[] = [
    ["client", attemptedAt],
    ["client", sentAt],
  ];
  const first = exchange.arrivals.find(({ verdict }) => verdict === "taken" || verdict === "noResponders");
  if (first?.verdict === "noResponders") {
    return [...left, ["server", first.arrivedAt], ["taken", settledAt]];
  }
  if (first) {
    const delivery = exchange.deliveries.find(({ peer }) => peer === first.from);
    const way: readonly Moment[] = delivery
      ? [...atResponder(delivery), ["back", first.arrivedAt]]
      : [["elsewhere", first.arrivedAt]];
    return [...left, ...way, [exchange.gathers ? "gathering" : "taken", settledAt]];
  }
  const [delivery, ...others] = exchange.deliveries;
  // With several responders at work there is no one way to tell.
  const reached = delivery && others.length === 0 ? atResponder(delivery) : [];
  if (exchange.attemptedAt === null && exchange.sentAt === null) {
    // Asked by a program outside: its inbox is not ours, so the way ends where the reply leaves.
    return [...reached, ["back", delivery?.answeredAt ?? null]];
  }
  const before = reached.filter(([, at]) => at !== null && (settledAt === null || at <= settledAt));
  return [...left, ...before, [sentAt === null ? "client" : "unanswered", settledAt]];
}

function atResponder({ deliveredAt, handlingAt, handledAt, answeredAt }: Delivery): readonly Moment[] {
  // A handler may respond before it ends; what it does afterwards is no part of the way.
  const done =
    handledAt === null || answeredAt === null ? (handledAt ?? answeredAt) : Math.min(handledAt, answeredAt);
  return [
    ["toResponder", deliveredAt],
    ["waiting", handlingAt],
    ["handler", done],
  ];
}
