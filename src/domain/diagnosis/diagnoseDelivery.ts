import { describeReason } from "../narration/describeReason.ts";
import { againRemedies, STATE_NOW } from "./responderRemedies.ts";
import { advice, type Remedy, type ResponderContext, type DiagnosisContext } from "./failure.ts";
import { delayWords } from "../setup/delays.ts";
import { isGone } from "../events/events.ts";
import type { Delivery, Exchange } from "../events/exchange.ts";
import { formatMs, formatShare } from "../base/formats.ts";
import { raiseTimeout } from "./raiseTimeout.ts";

/** What kept one responder of the page from answering in time. */
export interface DeliveryFinding {
  readonly title: string;
  readonly causes: readonly string[];
  readonly remedies: readonly Remedy[];
  /** Of several responders the one that says most gives the title. */
  readonly weight: number;
}

export function aDelivery(
  delivery: Delivery,
  exchange: Exchange,
  context: DiagnosisContext,
): DeliveryFinding {
  const name = context.nameOf(delivery.peer);
  const responder = context.responders.find(({ id }) => id === delivery.peer);
  const gaveUpAt = exchange.settledAt ?? context.now;
  if (delivery.replyRefused) return refused(delivery, exchange, name);
  if (delivery.result === "dropped") return dropped(delivery, name, responder);
  if (delivery.result === "aborted") return ended(delivery, exchange, name, responder, context);
  const frozen = frozenSince(delivery, gaveUpAt, context);
  if (frozen !== null) return standsStill(delivery, name, responder, frozen, context);
  return slow(delivery, exchange, name, responder, context, gaveUpAt);
}

/** It replied, and the server did not take that. */
function refused(
  { deliveredAt, answeredAt }: Delivery,
  { reply, settledAt }: Exchange,
  name: string,
): DeliveryFinding {
  const took =
    answeredAt === null ? "" : ` ${formatMs(Math.max(0, answeredAt - deliveredAt))} after it got the request`;
  const inTime = answeredAt !== null && (settledAt === null || answeredAt <= settledAt);
  return {
    title: `${name} may not reply`,
    causes: [
      `${name} published its reply${took}${inTime ? ", in time" : ""}, and the server did not take it: its user may not publish to ${reply || "the reply subject"}.`,
      "The server tells only the responder. The requester hears nothing and waits for its timeout.",
    ],
    remedies: [
      advice(
        "Give the responder’s user allow_responses: true in its permissions: it may then reply to requests, and publish nothing else.",
      ),
      advice('Or allow it to publish to "_INBOX.>", which lets it publish to any inbox.'),
    ],
    weight: 7,
  };
}

function dropped(
  { error }: Delivery,
  name: string,
  responder: ResponderContext | undefined,
): DeliveryFinding {
  const share = responder?.dropShare ?? 0;
  return {
    title: `${name} dropped the request`,
    causes: [
      error !== null
        ? describeReason(error)
        : share > 0
          ? `It drops ${formatShare(share)} of its requests on purpose, and this was one of them: no reply will ever come.`
          : "It took the request and decided not to reply.",
    ],
    remedies:
      responder && share > 0
        ? [
            {
              words: `Set the dropped requests of ${name} to 0`,
              action: { kind: "stopDropping", responder: responder.id },
            },
          ]
        : error?.kind === "full" || error?.kind === "fullBytes"
          ? [
              advice(
                "Send more slowly, or add responders to its queue group: it accepts no more requests until it has finished some.",
              ),
            ]
          : [advice("Use a retry policy, or let the handler reply with an error instead of nothing.")],
    weight: 4,
  };
}

function ended(
  { error, deliveredAt, handledAt }: Delivery,
  exchange: Exchange,
  name: string,
  responder: ResponderContext | undefined,
  context: DiagnosisContext,
): DeliveryFinding {
  const held =
    handledAt === null ? "" : ` ${formatMs(Math.max(0, handledAt - deliveredAt))} after it got the request`;
  const connection = error?.kind === "replyLost" || error?.kind === "replyUnsendable";
  const left = (exchange.settledAt ?? context.now) - (handledAt ?? deliveredAt);
  return {
    title: connection ? `The reply of ${name} was lost` : `${name} ended while it had the request`,
    causes: [
      connection
        ? `Its handler was done${held}: ${describeReason(error)}`
        : `It ended${held}${error === null ? "." : `: ${describeReason(error)}`}`,
      `The requester is not told: it waited${left > 0 ? ` for ${formatMs(left)} more` : ""}, until its timeout.`,
    ],
    remedies: [
      ...(responder && isGone(responder.state) ? againRemedies(responder, context) : []),
      advice(
        "Send it again with a retry policy. The request may have been carried out, so its handler should be idempotent.",
      ),
    ],
    weight: 5,
  };
}

/** Since when a responder that had the request was frozen, if that kept it from answering; else null. */
function frozenSince(
  { peer, deliveredAt, answeredAt }: Delivery,
  gaveUpAt: number,
  context: DiagnosisContext,
): number | null {
  if (answeredAt !== null && answeredAt <= gaveUpAt) return null;
  for (const at of [gaveUpAt, deliveredAt]) {
    const then = context.stateAt(peer, at);
    if (then?.state === "frozen") return then.since;
  }
  return null;
}

function standsStill(
  { deliveredAt, answeredAt }: Delivery,
  name: string,
  responder: ResponderContext | undefined,
  since: number,
  context: DiagnosisContext,
): DeliveryFinding {
  const when =
    since <= deliveredAt
      ? `It had been frozen for ${formatMs(deliveredAt - since)} when the request came`
      : `It was frozen ${formatMs(since - deliveredAt)} after the request came`;
  const now = responder?.state === "frozen";
  return {
    title: `${name} ${now ? "is" : "was"} frozen`,
    causes: [
      `${when}: connected and subscribed, so the server delivers requests to it, but not answering.`,
      answeredAt === null
        ? "A queue group does not help: the server picks members at random and knows nothing about their health."
        : "Thawed, it answered.",
    ],
    remedies: now && responder ? againRemedies(responder, context) : [advice("Send it again.")],
    weight: 6,
  };
}

function slow(
  delivery: Delivery,
  exchange: Exchange,
  name: string,
  responder: ResponderContext | undefined,
  context: DiagnosisContext,
  gaveUpAt: number,
): DeliveryFinding {
  const { deliveredAt, handlingAt, handledAt, answeredAt } = delivery;
  const { timeoutMs, attemptedAt } = exchange;
  const done = answeredAt ?? handledAt;
  const began = attemptedAt ?? deliveredAt;
  const waitedMs = Math.max(0, (handlingAt ?? context.now) - deliveredAt);
  const tookMs =
    handlingAt === null ? null : Math.max(0, (handledAt ?? answeredAt ?? context.now) - handlingAt);
  const queued = handlingAt === null || waitedMs > (tookMs ?? 0);
  const timeout = timeoutMs === null ? "the timeout" : `the timeout of ${formatMs(timeoutMs)}`;
  const causes: string[] = [];

  if (handlingAt === null) {
    causes.push(
      responder && responder.state !== "connected"
        ? `It has not begun to handle the request: it ${STATE_NOW[responder.state]}.`
        : `It has not begun to handle the request, which has waited behind others for ${formatMs(waitedMs)}.`,
    );
  } else if (queued) {
    causes.push(
      `The request waited ${formatMs(waitedMs)} behind others${responder?.handling === "oneAtATime" ? ", since it handles one at a time" : ""}, and then took ${formatMs(tookMs ?? 0)}${handledAt === null ? " so far" : ""}.`,
    );
  } else {
    causes.push(
      handledAt === null
        ? `Its handler has been working for ${formatMs(tookMs ?? 0)} and has not finished.`
        : `Its handler needs ${formatMs(tookMs ?? 0)}${waitedMs > 1 ? `, after ${formatMs(waitedMs)} of waiting behind others` : ""}.`,
    );
  }
  if (done !== null && done > gaveUpAt) {
    causes.push(`That is ${formatMs(done - gaveUpAt)} longer than ${timeout} leaves.`);
  } else if (done === null) {
    causes.push(
      `${timeout[0]?.toUpperCase()}${timeout.slice(1)} was over ${formatMs(Math.max(0, context.now - gaveUpAt))} ago.`,
    );
  }
  if (responder && responder.delay.kind !== "none")
    causes.push(`Its delay is set to ${delayWords(responder.delay)}.`);

  const neededMs = (done ?? context.now) - began;
  return {
    title:
      done !== null && done <= gaveUpAt
        ? `The reply of ${name} did not arrive in time`
        : queued
          ? `The request waited too long behind others at ${name}`
          : `The handler of ${name} needs longer than the timeout`,
    causes,
    remedies: [
      ...raiseTimeout(exchange, neededMs * 1.5, context),
      ...(queued && responder?.handling === "oneAtATime"
        ? [
            {
              words: `Let ${name} handle many at once`,
              action: { kind: "handleConcurrently", responder: responder.id } as const,
            },
          ]
        : []),
      ...(queued && responder && responder.queue !== null
        ? [
            {
              words: `Add a responder to the queue group ${responder.queue}`,
              action: { kind: "addResponder", subject: responder.subject, queue: responder.queue } as const,
            },
          ]
        : []),
      ...(queued ? [] : [advice("Or make the handler faster, or reply at once and do the work afterwards.")]),
    ],
    weight: 3,
  };
}
