import { OUTSIDE, type Instant, type PeerId } from "./events.ts";
import type { Exchange } from "./exchange.ts";
import { OUTCOME_WORDS } from "./outcomes.ts";

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
    inbox(exchange, nameOf),
    published(exchange),
    delivered(exchange, nameOf),
    handled(exchange, nameOf),
    answered(exchange, nameOf),
    settled(exchange, nameOf),
  ];
}

function inbox({ requester, reply, attemptedAt, deliveries }: Exchange, nameOf: NameOf): Stage {
  const who = requester === null ? "A program outside the page" : nameOf(requester);
  return {
    title: "Inbox",
    words: `${who} listens on an inbox and gives this request a subject of its own in it: ${reply}`,
    at: attemptedAt ?? deliveries[0]?.deliveredAt ?? null,
    done: reply !== "",
  };
}

function published({ subject, sentAt, requester, settledAt, deliveries, reason }: Exchange): Stage {
  const title = "Request";
  if (sentAt === null && requester === null) {
    return { title, words: `It published to ${subject}, elsewhere.`, at: null, done: deliveries.length > 0 };
  }
  if (sentAt === null && settledAt !== null) {
    return {
      title,
      words: `It never left: ${reason || "the connection did not take it"}.`,
      at: null,
      done: false,
    };
  }
  return {
    title,
    words: `The request is published to ${subject}, with the inbox as its reply subject.`,
    at: sentAt,
    done: sentAt !== null,
  };
}

function delivered({ subject, deliveries, arrivals, outcome }: Exchange, nameOf: NameOf): Stage {
  const title = "Delivery";
  const first = deliveries[0];
  if (first) {
    const names = deliveries.map(({ peer }) => nameOf(peer));
    const words =
      names.length === 1
        ? `The server gives it to ${list(names)}, which subscribes to ${subject}.`
        : `Nothing makes these ${names.length} one group, so the server gives it to each of them: ${list(names)}.`;
    return { title, words, at: first.deliveredAt, done: true };
  }
  if (outcome === "noResponders") {
    const answer = arrivals.find(({ verdict }) => verdict === "noResponders");
    return {
      title,
      words: `Nobody subscribes to ${subject}. The server says so at once: 503, no responders.`,
      at: answer?.arrivedAt ?? null,
      done: true,
    };
  }
  if (arrivals.some(({ from }) => from === OUTSIDE)) {
    return { title, words: "The server gives it to a program outside the page.", at: null, done: true };
  }
  return {
    title,
    words: outcome === null ? "The server looks for who subscribes." : "No responder of this page got it.",
    at: null,
    done: false,
  };
}

function handled({ deliveries, arrivals, outcome }: Exchange, nameOf: NameOf): Stage {
  const title = "Handler";
  const first = deliveries.find(({ handledAt }) => handledAt !== null) ?? deliveries[0];
  if (!first) {
    if (arrivals.some(({ from }) => from === OUTSIDE)) {
      return { title, words: "It is handled there, where this page cannot see.", at: null, done: true };
    }
    return {
      title,
      words: outcome === null ? "Nobody has it yet." : "Nobody ran a handler.",
      at: null,
      done: false,
    };
  }
  const name = nameOf(first.peer);
  const at = first.handledAt ?? first.handlingAt;
  switch (first.result) {
    case "replied":
      return { title, words: `The handler of ${name} runs and gives a reply.`, at, done: true };
    case "errorReply":
      return { title, words: `The handler of ${name} runs and says no: an error reply.`, at, done: true };
    case "threw":
      return { title, words: `The handler of ${name} throws: ${first.error || "an error"}.`, at, done: true };
    case "dropped":
      return { title, words: `${name} drops the request: it will never answer.`, at, done: true };
    case "aborted":
      return { title, words: `${name} was gone before its handler was done.`, at, done: false };
    case null:
      return {
        title,
        words:
          first.handlingAt === null ? `${name} holds the request.` : `The handler of ${name} works on it.`,
        at: first.handlingAt,
        done: false,
      };
  }
}

function answered({ deliveries, arrivals, outcome }: Exchange, nameOf: NameOf): Stage {
  const title = "Reply";
  const answers = deliveries.filter(({ answeredAt }) => answeredAt !== null);
  const first = answers[0];
  if (first) {
    const words =
      answers.length === 1
        ? `${nameOf(first.peer)} publishes its reply to that subject in the inbox.`
        : `${answers.length} responders publish a reply to the same inbox.`;
    return { title, words, at: first.answeredAt, done: true };
  }
  if (outcome === "noResponders")
    return { title, words: "The 503 takes the place of a reply.", at: null, done: true };
  if (arrivals.some(({ from }) => from === OUTSIDE)) {
    return { title, words: "The program outside publishes its reply to the inbox.", at: null, done: true };
  }
  return {
    title,
    words: outcome === null ? "No reply yet." : "No reply was published.",
    at: null,
    done: false,
  };
}

function settled(exchange: Exchange, nameOf: NameOf): Stage {
  const title = "Settled";
  const { requester, outcome, settledAt, reason, arrivals } = exchange;
  if (requester === null) {
    return {
      title,
      words: "What the program outside made of the reply, this page cannot see.",
      at: null,
      done: exchange.deliveries.some(({ answeredAt }) => answeredAt !== null),
    };
  }
  if (outcome === null) return { title, words: `${nameOf(requester)} waits.`, at: null, done: false };
  const extra = extras(arrivals.map(({ verdict }) => verdict));
  return {
    title,
    words: `${settledWords(exchange, nameOf(requester), reason)}${extra}`,
    at: settledAt,
    done: true,
  };
}

function settledWords({ outcome, timeoutMs, arrivals }: Exchange, name: string, reason: string): string {
  switch (outcome) {
    case "replied":
    case "errorReply": {
      const from = arrivals.find(({ verdict }) => verdict === "taken")?.from;
      const whose = from === OUTSIDE ? " from outside" : "";
      const what = outcome === "replied" ? "the reply" : "the error reply";
      return `${name} takes ${what}${whose} and forgets the subject; the inbox stays for the next request.`;
    }
    case "timedOut":
      return `${name} waited ${timeoutMs ?? "its"} ms and gave up: timed out. Somebody listens, but did not answer in time.`;
    case "noResponders":
      return `${name} knows without waiting: no responders.`;
    default:
      return `${name}: ${outcome === null ? "" : OUTCOME_WORDS[outcome]}${reason === "" ? "" : `. ${reason}`}`;
  }
}

function extras(verdicts: readonly string[]): string {
  const late = verdicts.filter((verdict) => verdict === "late").length;
  const duplicate = verdicts.filter((verdict) => verdict === "duplicate").length;
  const said: string[] = [];
  if (late > 0) said.push(`${late === 1 ? "A reply" : `${late} replies`} came late and went unread.`);
  if (duplicate > 0)
    said.push(`${duplicate === 1 ? "One more reply" : `${duplicate} more replies`} came and went unread.`);
  return said.length === 0 ? "" : ` ${said.join(" ")}`;
}

function list(names: readonly string[]): string {
  if (names.length > 5) return `${names.slice(0, 4).join(", ")} and ${names.length - 4} others`;
  return names.length < 2 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
