import { describeReason } from "../narration/describeReason.ts";
import { aDelivery, type DeliveryFinding } from "./diagnoseDelivery.ts";
import { heardWords, listOf } from "./diagnoseNobody.ts";
import { inTurnWords, lookAt } from "./diagnoseErrorReply.ts";
import { advice, type Diagnosis, type Failure, type Remedy, type DiagnosisContext } from "./failure.ts";
import { OUTSIDE } from "../events/events.ts";
import type { Exchange } from "../events/exchange.ts";
import { formatMs } from "../base/formats.ts";
import { againRemedies, STATE_NOW } from "./responderRemedies.ts";
import { raiseTimeout } from "./raiseTimeout.ts";
import { subjectMatches } from "../messages/subjects.ts";
import { listenersTo } from "../server/subscribers.ts";

/** More responders than this with the same request are not all told of. */
const TOLD = 3;

/** Timed out: somebody subscribed, or the server would have said otherwise, and no reply came in time. */
export function diagnoseTimeout(failure: Failure, context: DiagnosisContext): Diagnosis {
  const { exchange } = failure;
  if (exchange === null) {
    return {
      title: "No reply came in time",
      causes: failure.reason === null ? [] : [describeReason(failure.reason)],
      remedies: [advice("Raise the timeout.")],
    };
  }
  const findings = exchange.deliveries
    .map((delivery) => aDelivery(delivery, exchange, context))
    .sort((a, b) => b.weight - a.weight);
  const [first] = findings;
  if (!first && exchange.gone.deliveries > 0) {
    return {
      title: "No reply came in time",
      causes: [
        "What the responders did with the request has been discarded to make room for newer traffic, so the cause is no longer known.",
      ],
      remedies: [advice("Send it again, and look before the record discards it.")],
    };
  }
  if (!first) return unseen(exchange, context);
  const told = findings.slice(0, TOLD);
  const inTurn = failure.nested.filter(({ outcome }) => outcome !== "replied");
  const causes = [
    ...told.flatMap(({ causes }) => causes),
    ...inTurn.map(inTurnWords),
    ...lateWords(exchange, context),
  ];
  if (findings.length > TOLD) causes.push(`${findings.length - TOLD} other responders had it too.`);
  return {
    title: first.title,
    causes,
    remedies: distinct([...inTurn.map(lookAt), ...told.flatMap(({ remedies }: DeliveryFinding) => remedies)]),
  };
}

/** How late the first reply was, when one came after all. */
function lateWords({ arrivals, settledAt, timeoutMs }: Exchange, { nameOf }: DiagnosisContext): string[] {
  const late = arrivals.find(({ verdict }) => verdict === "late");
  if (!late || settledAt === null) return [];
  const from =
    late.from === OUTSIDE ? "from outside" : late.from === null ? "that came" : `of ${nameOf(late.from)}`;
  const timeout = timeoutMs === null ? "" : ` of ${formatMs(timeoutMs)}`;
  return [
    `The reply ${from} came ${formatMs(Math.max(0, late.arrivedAt - settledAt))} after the timeout${timeout}: the work was done, but nobody was waiting.`,
  ];
}

/** No responder of this page got it: whoever listened was elsewhere, or is gone. */
function unseen(exchange: Exchange, context: DiagnosisContext): Diagnosis {
  const { subject } = exchange;
  const timeout = exchange.timeoutMs === null ? "the timeout" : formatMs(exchange.timeoutMs);
  const outside = listenersTo(context.heard, subject).filter(({ ours }) => !ours);
  const here = context.responders.filter((responder) => subjectMatches(responder.subject, subject));
  const causes: string[] = [];
  const remedies: Remedy[] = [];
  let title = `Somebody subscribes to ${subject}, but did not answer in time`;

  const late = lateWords(exchange, context);
  if (outside.length > 0) {
    const names = [...new Set(outside.map(({ by }) => by))];
    const patterns = [...new Set(outside.map((each) => each.subject).filter((each) => each !== subject))];
    title = `${listOf(names)} did not answer in time`;
    causes.push(
      `${listOf(names)} ${names.length === 1 ? "subscribes" : "subscribe"} to ${subject}${patterns.length === 0 ? "" : ` (as ${listOf(patterns)})`} outside this page, which Roundtrip cannot see.`,
      ...late,
      ...(late.length > 0
        ? []
        : [
            `Either it needs longer than ${timeout}, or it never replies: a program that only listens counts as a subscriber too, and so would one whose reply is over max_payload.`,
          ]),
    );
    remedies.push(
      ...raise(exchange, context),
      advice("Check that the program is running, and that it replies to the reply subject."),
    );
  }
  const away = here.filter(({ state }) => state !== "connected");
  for (const responder of outside.length > 0 ? [] : away.slice(0, TOLD)) {
    const name = context.nameOf(responder.id);
    title = `${name} ${STATE_NOW[responder.state]}`;
    causes.push(
      `${name} subscribed to ${subject}, and ${STATE_NOW[responder.state]} before it got this request.`,
    );
    remedies.push(...againRemedies(responder, context));
  }
  if (causes.length === 0) {
    causes.push(
      "The server found a subscription, or it would have said at once that there are no responders. No responder of this page got the request.",
      ...late,
    );
    if (context.heard.kind === "known")
      causes.push("Whoever was subscribed then has left since, or is not listed here.");
    remedies.push(...raise(exchange, context), {
      words: `Add a responder on ${subject}`,
      action: { kind: "addResponder", subject, queue: null },
    });
  }
  causes.push(...heardWords(context));
  return { title, causes, remedies: distinct(remedies) };
}

/** Twice as long: how long an answer from elsewhere takes, nobody here knows. */
const raise = (exchange: Exchange, context: DiagnosisContext): Remedy[] =>
  raiseTimeout(exchange, (exchange.timeoutMs ?? 0) * 2, context);

function distinct(remedies: readonly Remedy[]): Remedy[] {
  const seen = new Set<string>();
  return remedies.filter(({ words }) => !seen.has(words) && seen.add(words));
}
