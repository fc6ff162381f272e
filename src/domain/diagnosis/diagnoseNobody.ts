import { describeReason } from "../narration/describeReason.ts";
import {
  advice,
  type Diagnosis,
  type Failure,
  type Remedy,
  type ResponderContext,
  type DiagnosisContext,
} from "./failure.ts";
import { isGone } from "../events/events.ts";
import { listenersTo, nearestListenedTo } from "../server/subscribers.ts";
import { subjectMatches } from "../messages/subjects.ts";
import { againRemedies, STATE_NOW } from "./responderRemedies.ts";

/** No responders: when it was published, nothing at all subscribed to its subject. The server says so, without waiting. */
export function diagnoseNobody(failure: Failure, context: DiagnosisContext): Diagnosis {
  const subject = failure.exchange?.subject ?? "";
  const causes: string[] = [];
  const remedies: Remedy[] = [];
  const meant = context.responders.filter((responder) => subjectMatches(responder.subject, subject));
  const serving = meant.filter(({ state }) => state === "connected" || state === "frozen");
  const away = meant.filter((responder) => !serving.includes(responder));
  const listeners = listenersTo(context.heard, subject);

  for (const responder of away.slice(0, 3)) {
    causes.push(
      `${context.nameOf(responder.id)} would answer on ${subject}, but ${STATE_NOW[responder.state]}.`,
    );
    if (responder.state === "notSubscribed" && responder.reason !== null)
      causes.push(describeReason(responder.reason));
    remedies.push(...againRemedies(responder, context));
  }
  const now = [
    ...new Set([...serving.map(({ id }) => context.nameOf(id)), ...listeners.map(({ by }) => by)]),
  ];
  if (now.length > 0) {
    causes.push(
      `By now ${listOf(now)} ${now.length === 1 ? "subscribes" : "subscribe"} to it, but nobody did then.`,
    );
    remedies.push(advice("Send it again."));
  }
  if (meant.length === 0 && now.length === 0) causes.push(...unheard(subject, context, failure, remedies));
  if (away.length === 0 && now.length === 0) {
    remedies.push({
      words: `Add a responder on ${subject}`,
      action: { kind: "addResponder", subject, queue: null },
    });
  }
  causes.push(
    "The server answered at once with 503: this is not a timeout, and waiting longer does not help.",
  );
  return { title: `Nobody subscribed to ${subject}`, causes, remedies };
}

/** Nobody has the subject: perhaps it was meant to be another. */
function unheard(
  subject: string,
  context: DiagnosisContext,
  { requester }: Failure,
  remedies: Remedy[],
): string[] {
  const causes: string[] = [];
  const { heard } = context;
  const patterns = [
    ...context.responders
      .filter(({ state }) => !isGone(state))
      .map((responder: ResponderContext) => responder.subject),
    ...(heard.kind === "known" ? heard.subscriptions.map((each) => each.subject) : []),
  ];
  const nearest = nearestListenedTo(subject, patterns);
  if (nearest !== null) {
    const capitals = nearest.toLowerCase() === subject.toLowerCase() ? " Subjects are case-sensitive." : "";
    const by = whoHas(nearest, context);
    causes.push(
      `The most similar subject that somebody subscribes to is ${nearest}${by === "" ? "" : `: ${by}`}.${capitals}`,
    );
    const asker = context.requesters.find(({ id }) => id === requester);
    if (asker && asker.subject === subject) {
      remedies.push({
        words: `Change the subject of ${context.nameOf(asker.id)} to ${nearest}`,
        action: { kind: "changeSubject", requester: asker.id, subject: nearest },
      });
    } else remedies.push(advice(`Change the subject to ${nearest}, then send again.`));
  } else if (patterns.length === 0) {
    causes.push(
      heard.kind === "known"
        ? "The server has no subscription to any service."
        : "No responder of this page is running.",
    );
  } else causes.push("No subscribed subject is similar to it.");
  causes.push(...heardWords(context));
  return causes;
}

function whoHas(subject: string, context: DiagnosisContext): string {
  const names = [
    ...context.responders
      .filter((responder) => !isGone(responder.state) && subjectMatches(responder.subject, subject))
      .map(({ id }) => context.nameOf(id)),
    ...listenersTo(context.heard, subject).map(({ by }) => by),
  ];
  return listOf([...new Set(names)]);
}

/** Where the server's own list is missing from what is said. */
export function heardWords({ heard }: DiagnosisContext): string[] {
  if (heard.kind === "known")
    return heard.complete
      ? []
      : ["The server has more connections than it listed, so some may be missing here."];
  if (heard.kind === "asking") return ["Asking the server for its subscriptions …"];
  return [
    `The server’s own list of subscriptions cannot be read: ${heard.why}. So only this page is considered.`,
  ];
}

/** Names as people list them; many are counted. */
export function listOf(names: readonly string[]): string {
  if (names.length > 4) return `${names.slice(0, 3).join(", ")} and ${names.length - 3} others`;
  return names.length < 2 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
