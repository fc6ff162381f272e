import type { Connections } from "./monitoring.ts";
import { nearestSubject, subjectMatches } from "../messages/subjects.ts";

/** A subscription that the server holds, inboxes left out. */
export interface HeardSubscription {
  readonly subject: string;
  readonly queue: string | null;
  /** The name of its connection, or a word for one without. */
  readonly by: string;
  /** Whether a requester or responder of this page holds it. */
  readonly ours: boolean;
}

/** The server's list of subscriptions, or why it cannot be had. */
export type Heard =
  | {
      readonly kind: "known";
      readonly subscriptions: readonly HeardSubscription[];
      readonly complete: boolean;
    }
  | { readonly kind: "asking" }
  | { readonly kind: "unknown"; readonly why: string };

/**
 * Picks subscriptions to services from what monitoring tells: no inboxes, and nothing of the server's own. Where the page's subjects
 * have a prefix, those that hear subjects with it, as they are written without it.
 */
export function heardFrom(connections: Connections, ours: ReadonlySet<string>, prefix?: string): Heard {
  const subscriptions = connections.shown.flatMap(
    ({ id, name, viaWebSocket, ours: known, subscriptions: each }) =>
      each
        .filter(({ subject }) => !/^(_INBOX|_R_|\$SYS|\$SRV|\$JS)\./.test(subject))
        .map(({ subject, queue }) => ({ subject: heardAs(subject, prefix), queue }))
        .filter(({ subject }) => subject !== "")
        .map(({ subject, queue }) => ({
          subject,
          queue,
          by: name === "" ? `connection ${id}` : name,
          ours: known ?? (viaWebSocket && ours.has(name)),
        })),
  );
  return { kind: "known", subscriptions, complete: connections.shown.length >= connections.total };
}

/** What of the subjects with a prefix a subscription hears; empty for nothing. */
function heardAs(subject: string, prefix: string | undefined): string {
  if (prefix === undefined || subject === ">") return subject;
  const [first = "", ...rest] = subject.split(".");
  return first === prefix || first === "*" ? rest.join(".") : "";
}

/** Those that would get a request on a subject. */
export const listenersTo = (heard: Heard, subject: string): readonly HeardSubscription[] =>
  heard.kind === "known" ? heard.subscriptions.filter((each) => subjectMatches(each.subject, subject)) : [];

/** Who outside the page shares requests on a subject, which may be a pattern, with a queue group here; each named once. */
export const groupOutside = (heard: Heard, subject: string, queue: string): readonly string[] => {
  if (heard.kind !== "known") return [];
  const members = heard.subscriptions.filter(
    (each) =>
      !each.ours &&
      each.queue === queue &&
      (subjectMatches(each.subject, subject) || subjectMatches(subject, each.subject)),
  );
  return [...new Set(members.map(({ by }) => by))];
};

/** The subject that somebody listens on and that was probably meant; wildcards filled in from what was written. */
export function nearestListenedTo(subject: string, patterns: readonly string[]): string | null {
  const filled = patterns
    .map((pattern) => filledIn(pattern, subject))
    .filter((candidate): candidate is string => candidate !== null && candidate !== subject);
  const candidates = [...new Set(filled)];
  // The same but for capitals is the likeliest slip, however long the subject.
  const cased = candidates.find((candidate) => candidate.toLowerCase() === subject.toLowerCase());
  return cased ?? nearestSubject(subject, candidates) ?? sameService(subject, candidates);
}

/** Another method of the same service, such as `user.get` for `user.fetch`. */
function sameService(subject: string, candidates: readonly string[]): string | null {
  const [service = ""] = subject.split(".");
  return (
    candidates.find((candidate) => candidate.split(".")[0] === service && candidate.includes(".")) ?? null
  );
}

/** `user.*` with the words of `usr.get`: `user.get`. Null where the words do not suffice, or all would be wildcards. */
function filledIn(pattern: string, subject: string): string | null {
  const words = subject.split(".");
  const parts = pattern.split(".");
  if (parts.every((part) => part === "*" || part === ">")) return null;
  const filled: string[] = [];
  for (const [at, part] of parts.entries()) {
    if (part === ">") return words.length > at ? [...filled, ...words.slice(at)].join(".") : null;
    const word = part === "*" ? words[at] : part;
    if (word === undefined) return null;
    filled.push(word);
  }
  return filled.join(".");
}
