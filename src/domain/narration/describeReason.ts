import { formatBytes, formatCounted, formatMs, formatShare } from "../base/formats.ts";
import type { Exchange } from "../events/exchange.ts";
import { OUTCOME_WORDS, type Outcome } from "../events/outcomes.ts";
import type { Reason, ReasonOf } from "../events/reasons.ts";
import { checkHeaderName, checkHeaderValue } from "../messages/headersBlock.ts";
import { checkPublishSubject, checkQueueGroup, checkSubscriptionSubject } from "../messages/subjects.ts";
import { serverAt, serverName } from "../server/connection.ts";

/** Why something ended or failed, in words: what failed, with what, and, where that helps, what to do next. A sentence or two. */
export function describeReason(reason: Reason): string {
  switch (reason.kind) {
    case "timedOut":
      return `No reply came within ${reason.afterMs} ms.`;
    case "noResponders":
      return `Nothing is subscribed to ${reason.subject}.`;
    case "gathered":
      return describeGathered(reason);
    case "cancelled":
      return CANCELLED_BY[reason.by];
    case "breakerOpen":
      return "The circuit breaker is open: nothing was sent.";
    case "fellBack":
      return reason.from === "shortCircuited"
        ? "The fallback replaced a reply: the circuit breaker is open."
        : `The fallback replaced a reply: ${OUTCOME_WORDS[reason.from]}.`;
    case "badSubject":
      return checkPublishSubject(reason.subject) ?? `The subject ${reason.subject} cannot be used.`;
    case "badHeader":
      return (
        checkHeaderName(reason.name) ??
        checkHeaderValue(reason.value) ??
        `The header ${reason.name} cannot be sent.`
      );
    case "badTimeout":
      return `A timeout of ${reason.timeoutMs} ms is too short: give at least 1 ms.`;
    case "tooLarge":
      return `The message of ${reason.size} bytes and its headers are over the server's limit of ${reason.most} bytes.`;
    case "noHeaders":
      return "The server does not support headers.";
    case "notPermitted":
      return describeDenial(reason);
    case "unsendable":
      return `It could not be sent: ${reason.message}.`;

    case "connecting":
      return `It is still connecting to ${serverName(reason.url)}.`;
    case "closed":
      return "The connection was closed.";
    case "lost":
      return `The connection to ${serverName(reason.url)} was lost${reason.said === "" ? "" : `: ${reason.said}`}.`;
    case "silent":
      return `The connection to ${serverName(reason.url)} was lost: the server stopped answering.`;
    case "serverEnded":
      return `${serverAt(reason.url)} ended the connection: ${reason.error}.`;
    case "loginRefused":
      return describeLogin(reason);
    case "inTabStopped":
      return "The nats-server in this browser takes no connections. Start it, if it is stopped.";
    case "badAddress":
      return `${reason.url} is not a WebSocket address. Write ws://host:port.`;
    case "insecurePage":
      return `This page came over https, so the browser does not let it use ${reason.url}. Give the server TLS and use wss://, or open the page over http.`;
    case "notNats":
      return `Something at ${reason.url} takes WebSockets but is not a nats-server. Check the port.`;
    case "brokenStream":
      return `${serverAt(reason.url)} sent something that is not the NATS protocol, so the connection was closed. ${reason.what}`;
    case "noAnswer":
      return `The server at ${reason.url} did not answer in time. Check the address, and that the server is not stopped.`;
    case "nothingThere":
      return `Nothing answers at ${reason.url}. Start nats-server with a WebSocket on that port (websocket { port: ${portOf(reason.url)}, no_tls: true } in its configuration), or check the address.`;
    case "nothingTrusted":
      return `Nothing answers at ${reason.url}, or its certificate is not trusted here. Start the server, or open ${httpOf(reason.url)} once to see what the browser makes of it.`;
    case "wantsTls":
      return `The server at ${reason.url} uses TLS. Write wss:// instead of ws://, or have it go without: no_tls: true in the websocket part of its configuration.`;
    case "hasNoTls":
      return `The server at ${reason.url} does not use TLS. Write ws:// instead of wss://.`;
    case "pageRefused":
      return describeRefusal(reason);
    case "failed":
      return reason.message;

    case "badQueue":
      return checkQueueGroup(reason.queue) ?? `The queue group ${reason.queue} cannot be used.`;
    case "badSubscription":
      return checkSubscriptionSubject(reason.subject) ?? `The subject ${reason.subject} cannot be used.`;
    case "threw":
      return reason.message;
    case "simulated":
      return `A simulated failure: ${formatShare(reason.share)} of requests get an error reply.`;
    case "replyTooLarge":
      return `The reply of ${reason.size} bytes is over the server's limit of ${reason.most} bytes.`;
    case "noHandler":
      return `There is no handler named ${reason.name}.`;
    case "full":
      return `It already holds ${reason.most} requests, the most it can.`;
    case "fullBytes":
      return `It already holds requests of ${formatBytes(reason.most)}, the most it can.`;
    case "replyLost":
      return "The connection was down, so the reply was lost.";
    case "replyUnsendable":
      return `The reply could not be sent: ${reason.message}.`;

    case "thawed":
      return "It was thawed.";
    case "finished":
      return "It finished its requests.";
    case "killed":
      return "Its worker was ended, as a crash would.";
    case "renamed":
      return "It was renamed.";
    case "moved":
      return "The page moved to another server.";
    case "pageLeft":
      return "The page was left.";
    case "unreviewed":
      return "Its handler's code was not written in this browser. It runs once you have reviewed it and agreed.";
    case "crashed":
      return reason.message;

    case "failuresInARow":
      return `${reason.failures} failures in a row.`;
    case "trial":
      return "One trial attempt is allowed.";
    case "trialSucceeded":
      return "The trial attempt succeeded.";
    case "breakerChanged":
      return "It was changed and starts closed.";
    case "breakerRemoved":
      return "The breaker was removed.";
  }
}

/** The same, and nothing for nothing. */
export const describeReasonIfAny = (reason: Reason | null): string =>
  reason === null ? "" : describeReason(reason);

const CANCELLED_BY: Readonly<Record<ReasonOf<"cancelled">["by"], string>> = {
  person: "It was cancelled.",
  requesterClosed: "The requester was closed.",
  responderClosed: "The responder was closed.",
  comparisonEnded: "The comparison was ended.",
};

function describeGathered({ replies, wanted, ended, ms }: ReasonOf<"gathered">): string {
  const of = wanted === null || replies === wanted ? "" : ` of ${wanted}`;
  const why = {
    count: "at the wanted count",
    time: `after ${formatMs(ms)}`,
    gap: `after ${formatMs(ms)} without another`,
    sentinel: "at an empty reply",
  }[ended];
  return `${formatCounted(replies, "reply", "replies")}${of} gathered; stopped ${why}.`;
}

function describeDenial({ operation, subject, queue }: ReasonOf<"notPermitted">): string {
  switch (operation) {
    case "publish":
      return `The server does not permit this user to publish to ${subject}.`;
    case "subscribe":
      return `The server does not permit this user to subscribe to ${subject}${queue === null ? "" : ` in the queue group ${queue}`}.`;
    case "reply":
      return `The server does not permit this user to name ${subject} as a reply subject.`;
  }
}

function describeLogin({ url, with: how, error }: ReasonOf<"loginRefused">): string {
  const said = error === "" ? "" : ` It said: ${error}.`;
  return {
    none: `The server at ${url} asks who you are. Give a user and password, or a token.`,
    user: `The server at ${url} did not accept this user and password.${said}`,
    token: `The server at ${url} did not accept this token.${said}`,
  }[how];
}

/** A page is not told why. Where TLS was asked for and was there, the origin is what is left. */
function describeRefusal({ url, origin }: ReasonOf<"pageRefused">): string {
  const words = `A server answers at ${url} but refuses this page. Put its origin into the websocket part of the server's configuration: allowed_origins: ["${origin}"].`;
  if (/^wss:/i.test(url)) return `${words} Or check that this is its WebSocket port.`;
  const secure = httpOf(url.replace(/^ws:/i, "wss:"));
  return `${words} If it uses TLS with a certificate that is not trusted here, write wss:// and open ${secure} once.`;
}

const portOf = (url: string): string => /:(\d+)/.exec(url)?.[1] ?? "9222";

const httpOf = (url: string): string => url.replace(/^wss:/i, "https:").replace(/^ws:/i, "http:");

/** Why an exchange ended as it did; of one that gathers, with how many replies had come to what was lost or given up. */
export function describeEnd({ reason, gathers, outcome, arrivals }: Exchange): string {
  const words = describeReasonIfAny(reason);
  const had = arrivals.filter(({ verdict }) => verdict === "taken").length;
  if (!gathers || had === 0 || (outcome !== "connectionLost" && outcome !== "cancelled")) return words;
  return `${words} ${formatCounted(had, "reply", "replies")} had come.`.trim();
}

/** How a call ended. */
export interface CallEnd {
  readonly outcome: Outcome | null;
  readonly reason: Reason | null;
  /** How many attempts were made. */
  readonly made: number;
  /** Whether a breaker that opened kept it from being tried again. */
  readonly barred: boolean;
}

/** Why a call ended as it did, with what its policy made of that. */
export function describeCallEnd({ outcome, reason, made, barred }: CallEnd): string {
  const attempts = formatCounted(made, "attempt");
  const open = barred && made > 0 ? " The circuit breaker opened, so it was not tried again." : "";
  if (reason?.kind === "fellBack" && reason.from !== "shortCircuited") {
    return `The fallback replaced a reply: ${OUTCOME_WORDS[reason.from]} after ${attempts}.${open}`;
  }
  const count =
    made > 1 && outcome !== "replied" && outcome !== "fellBack" ? ` It was the last of ${attempts}.` : "";
  return `${describeReasonIfAny(reason)}${open === "" ? count : open}`.trim();
}
