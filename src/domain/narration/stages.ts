import { describeEnd, describeReason } from "./describeReason.ts";
import type { Reason } from "../events/reasons.ts";
import { OUTSIDE, type PeerId } from "../events/events.ts";
import type { Delivery, Exchange } from "../events/exchange.ts";
import { formatMs } from "../base/formats.ts";
import { isInboxOfOne } from "../messages/subjects.ts";
import { OUTCOME_WORDS } from "../events/outcomes.ts";
import type { Instant } from "../base/instant.ts";

/** One of the six steps of request-reply, told for one exchange. */
export interface Stage {
  readonly title: string;
  readonly words: string;
  readonly at: Instant | null;
  readonly done: boolean;
}

type NameOf = (peer: PeerId) => string;

/** The six steps of an exchange in words; a step that did not happen says what happened instead. */
export function stagesOf(exchange: Exchange, nameOf: NameOf): Stage[] {
  return [
    { title: "Inbox", ...inbox(exchange, nameOf) },
    { title: "Request", ...published(exchange) },
    { title: "Delivery", ...delivered(exchange, nameOf) },
    { title: "Handler", ...handled(exchange, nameOf) },
    { title: "Reply", ...answered(exchange, nameOf) },
    { title: "Settled", ...settled(exchange, nameOf) },
  ];
}

type Told = Omit<Stage, "title">;

const done = (words: string, at: Instant | null): Told => ({ words, at, done: true });
const notDone = (words: string, at: Instant | null = null): Told => ({ words, at, done: false });

const UNNAMED = "its reply subject, whose name has been discarded";
/** Said of what is counted and no longer told. */
const GAVE_WAY = "the details have been discarded";
const ELSEWHERE = "a program outside this page";

function inbox({ requester, reply, attemptedAt, deliveries }: Exchange, nameOf: NameOf): Told {
  if (requester === null) {
    return done(
      `A program outside this page waits for a reply on ${reply || UNNAMED}.`,
      deliveries[0]?.deliveredAt ?? null,
    );
  }
  if (reply === "") {
    return done(
      `${nameOf(requester)} created a reply subject for this request. Its name has been discarded.`,
      attemptedAt,
    );
  }
  if (isInboxOfOne(reply)) {
    return done(
      `${nameOf(requester)} subscribes to an inbox for this request alone, ${reply}, and tells the server to end it after one message.`,
      attemptedAt,
    );
  }
  return done(
    `${nameOf(requester)} is subscribed to its inbox, and creates a reply subject in it for this request: ${reply}.`,
    attemptedAt,
  );
}

/** True when it is certain that the request never reached the server. */
const stayedHere = ({ sentAt, settledAt, deliveries, arrivals }: Exchange): boolean =>
  sentAt === null && settledAt !== null && deliveries.length === 0 && arrivals.length === 0;

function published(exchange: Exchange): Told {
  const { requester, subject, sentAt, deliveries, arrivals, reason } = exchange;
  if (requester === null)
    return done(`It publishes a request to ${subject} over a connection of its own.`, null);
  const words = `The request is published to ${subject}, with that reply subject.`;
  if (sentAt !== null || deliveries.length > 0 || arrivals.length > 0) return done(words, sentAt);
  return stayedHere(exchange)
    ? notDone(sentence(`The request never left${because(reason)}`))
    : notDone(words);
}

function delivered(exchange: Exchange, nameOf: NameOf): Told {
  const { subject, sentAt, deliveries, arrivals, outcome, gone } = exchange;
  const [first, ...others] = deliveries;
  if (gone.deliveries > 0) {
    const count = gone.deliveries + deliveries.length;
    return done(
      `The server delivered it ${count === 1 ? "" : `${count} times `}to responders of this page: ${GAVE_WAY}.`,
      null,
    );
  }
  if (first && others.length === 0) {
    return done(`The server delivers it to ${nameOf(first.peer)}.`, first.deliveredAt);
  }
  if (first) {
    const names = list([...new Set(deliveries.map(({ peer }) => nameOf(peer)))]);
    return done(
      `The server delivers it ${deliveries.length} times, since these are not in one queue group: ${names}.`,
      first.deliveredAt,
    );
  }
  const refusal = arrivals.find(({ verdict }) => verdict === "noResponders");
  if (refusal) {
    return done(
      `Nothing is subscribed to ${subject}, and the server says so at once: 503, no responders.`,
      refusal.arrivedAt,
    );
  }
  if (outcome === "noResponders") {
    return done(
      `Nothing was subscribed to ${subject}: 503, no responders. The time of that has been discarded.`,
      null,
    );
  }
  if (answeredOutside(exchange)) return done(`The server delivers it to ${ELSEWHERE}.`, null);
  if (stayedHere(exchange)) return notDone("It never reached the server.");
  if (outcome === "timedOut") {
    return notDone(
      "No responder of this page got it. Something is subscribed, or the server would have said that there are no responders.",
    );
  }
  if (outcome !== null) return notDone("No responder of this page got it.");
  if (gone.some) return notDone("What the server has done with it so far has been discarded.");
  return notDone(
    sentAt === null
      ? "Then the server picks who gets it."
      : `The server looks for what is subscribed to ${subject}.`,
  );
}

/** By a program elsewhere: what arrived and came from nobody here. */
const answeredOutside = ({ deliveries, arrivals, gone }: Exchange): boolean =>
  arrivals.some(({ from }) => from === OUTSIDE) ||
  (deliveries.length === 0 && gone.deliveries === 0 && gone.arrivals > 0);

function handled(exchange: Exchange, nameOf: NameOf): Told {
  const { deliveries, outcome, gone } = exchange;
  const [only, ...others] = deliveries;
  if (gone.deliveries > 0) {
    const words = `What ${only ? "one of the handlers" : "its handler"} did with it has been discarded.`;
    return gone.answers > 0 ? done(words, null) : notDone(words);
  }
  if (!only) {
    if (answeredOutside(exchange)) {
      return done("It is handled there, which this page cannot see.", null);
    }
    return notDone(outcome === null ? "Then a handler runs." : "No handler of this page ran.");
  }
  if (others.length === 0) return oneHandler(only, nameOf(only.peer));
  const ended = deliveries.filter(({ handledAt }) => handledAt !== null);
  const at = ended.length === 0 ? null : Math.min(...ended.map(({ handledAt }) => handledAt ?? Infinity));
  const words = `${deliveries.length} handlers got the same request: ${countsOf(deliveries)}.`;
  return ended.length === deliveries.length ? done(words, at) : notDone(words, at);
}

function oneHandler({ handlingAt, handledAt, result, error }: Delivery, name: string): Told {
  const at = handledAt ?? handlingAt;
  switch (result) {
    case "replied":
      return done(`The handler of ${name} runs and returns a reply.`, at);
    case "errorReply":
      return done(sentence(`${name} answers with an error${because(error)}`), at);
    case "threw":
      return done(`${sentence(`The handler of ${name} fails${because(error)}`)} The error is the reply.`, at);
    case "dropped":
      return done(sentence(`${name} drops the request: it will never reply${because(error, ". ")}`), at);
    case "aborted":
      return notDone(sentence(`${name} had the request when it ended${because(error)}`), at);
    case null:
      return handlingAt === null
        ? notDone(`${name} has the request, and has not begun to handle it.`)
        : notDone(`The handler of ${name} is running.`, at);
  }
}

/** Such as `2 replied, 1 still running`. */
function countsOf(deliveries: readonly Delivery[]): string {
  const counts = new Map<string, number>();
  for (const { result, handlingAt } of deliveries) {
    const words =
      result === null ? (handlingAt === null ? "waiting" : "still running") : RESULT_WORDS[result];
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  return [...counts].map(([words, count]) => `${count} ${words}`).join(", ");
}

const RESULT_WORDS: Readonly<Record<NonNullable<Delivery["result"]>, string>> = {
  replied: "replied",
  errorReply: "answered with an error",
  threw: "failed",
  dropped: "dropped it",
  aborted: "ended first",
};

function answered(exchange: Exchange, nameOf: NameOf): Told {
  const { gathers, requester, deliveries, arrivals, outcome, gone } = exchange;
  const reply = exchange.reply || UNNAMED;
  if (gone.answers > 0) {
    const count = gone.answers + deliveries.filter(({ answeredAt }) => answeredAt !== null).length;
    return done(
      `${count === 1 ? "A reply was" : `${count} replies were`} published to ${reply}: ${GAVE_WAY}.`,
      null,
    );
  }
  const answers = deliveries.filter(({ answeredAt }) => answeredAt !== null);
  const [only, ...others] = answers;
  if (only && others.length === 0) {
    const refused = only.replyRefused
      ? "and the server refuses it: this responder may not publish there"
      : "as to any other subject";
    return done(`${nameOf(only.peer)} publishes its reply to ${reply}, ${refused}.`, only.answeredAt);
  }
  if (only) {
    const at = Math.min(...answers.map(({ answeredAt }) => answeredAt ?? Infinity));
    const wanted = gathers ? "and each of them is wanted" : "though one is asked for";
    return done(`${answers.length} replies are published to ${reply}, ${wanted}.`, at);
  }
  if (answeredOutside(exchange)) return done(`It publishes its reply to ${reply}.`, null);
  if (outcome === "noResponders" || arrivals.some(({ verdict }) => verdict === "noResponders")) {
    return notDone("There is no reply: the server's 503 comes in its place.");
  }
  // A 503 may be among what was evicted.
  if (outcome === null && gone.some) return notDone("No reply has been published.");
  if (outcome === null && requester !== null)
    return notDone("Then the reply is published to the reply subject.");
  return notDone("No reply has been published.");
}

function settled(exchange: Exchange, nameOf: NameOf): Told {
  const { requester, outcome, settledAt, timeoutMs } = exchange;
  if (requester === null) {
    return notDone("Only the program outside this page knows what happened to the reply.");
  }
  const name = nameOf(requester);
  if (outcome === null) {
    return notDone(`${name} waits${timeoutMs === null ? "" : `, for ${formatMs(timeoutMs)} at most`}.`);
  }
  return done([settledWords(exchange, name, nameOf), ...extras(exchange)].join(" "), settledAt);
}

function settledWords(exchange: Exchange, name: string, nameOf: NameOf): string {
  const { outcome, timeoutMs, arrivals, deliveries, attemptedAt, settledAt, reason } = exchange;
  const after =
    attemptedAt === null || settledAt === null
      ? ""
      : ` after ${formatMs(Math.max(0, settledAt - attemptedAt))}`;
  switch (outcome) {
    case "replied":
    case "errorReply": {
      if (exchange.gathers) return sentence(`${name} takes every reply${after}${because(reason)}`);
      const from = arrivals.find(({ verdict }) => verdict === "taken")?.from ?? null;
      const whose = from === null ? "" : from === OUTSIDE ? ` of ${ELSEWHERE}` : ` of ${nameOf(from)}`;
      const what = outcome === "replied" ? "the reply" : "the error reply";
      return `${name} takes ${what}${whose}${after}${
        isInboxOfOne(exchange.reply)
          ? ". Its inbox ended with that message: the server drops any further reply."
          : " and forgets the reply subject. Its inbox stays for the next request."
      }`;
    }
    case "timedOut": {
      const waited = timeoutMs === null ? "" : ` for ${formatMs(timeoutMs)}`;
      const known = deliveries.some(({ result }) => result === null)
        ? " The request may still be handled: a timeout does not cancel it."
        : "";
      return `${name} waited${waited} and gave up: timed out.${known}${
        isInboxOfOne(exchange.reply)
          ? " It ends the subscription, so the server drops a late reply: this page will not even see it."
          : ""
      }`;
    }
    case "noResponders":
      return `${name} knows it${after}, without waiting for its timeout: no responders.`;
    default:
      return sentence(
        [`${name}: ${outcome === null ? "" : OUTCOME_WORDS[outcome]}`, describeEnd(exchange)]
          .filter(Boolean)
          .join(": "),
      );
  }
}

function extras({ arrivals }: Exchange): string[] {
  const count = (wanted: string): number => arrivals.filter(({ verdict }) => verdict === wanted).length;
  const late = count("late");
  const duplicate = count("duplicate");
  return [
    ...(late === 0 ? [] : [`${late === 1 ? "A reply" : `${late} replies`} came too late and went unread.`]),
    ...(duplicate === 0
      ? []
      : [`${duplicate === 1 ? "Another reply" : `${duplicate} more replies`} came as well and went unread.`]),
  ];
}

const because = (reason: Reason | null, sign = ": "): string =>
  reason === null ? "" : `${sign}${describeReason(reason)}`;

/** With one full stop at its end; reasons bring their own. */
const sentence = (words: string): string => (/[.!?]$/.test(words) ? words : `${words}.`);

function list(names: readonly string[]): string {
  if (names.length > 5) return `${names.slice(0, 4).join(", ")} and ${names.length - 4} others`;
  return names.length < 2 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
