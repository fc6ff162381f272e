import type { PeerId } from "../../../domain/events/events.ts";
import { subjectMatches } from "../../../domain/messages/subjects.ts";

/** What the diagram has to know of a requester to place and connect it. */
export interface DiagramRequester {
  readonly id: PeerId;
  readonly name: string;
  readonly subject: string;
}

export interface DiagramResponder {
  readonly id: PeerId;
  readonly name: string;
  readonly subject: string;
  readonly queue: string | null;
  /** False once its connection is gone for good: it keeps its place and subscribes to nothing. */
  readonly subscribed: boolean;
}

/** One subject on the server: a pattern that responders subscribe to, or a subject that is asked and that nobody offers. */
export interface SubjectRow {
  readonly subject: string;
  /** Queue groups with a living member, in the order of their frames. */
  readonly queues: readonly { readonly name: string; readonly members: number }[];
  /** Living responders without a queue group: each gets every request. */
  readonly plain: number;
}

/** Responders that share a subject and a queue group, or a subject and none. */
export interface ResponderGroup {
  readonly id: string;
  readonly row: number;
  readonly subject: string;
  readonly queue: string | null;
  readonly members: readonly PeerId[];
}

export interface Topology {
  readonly rows: readonly SubjectRow[];
  readonly groups: readonly ResponderGroup[];
  /** Which row a requester's requests enter. */
  readonly asks: ReadonlyMap<PeerId, number>;
  /** Which group, and through it which row, a responder answers on. */
  readonly answers: ReadonlyMap<PeerId, ResponderGroup>;
}

/** What the server has to do with whom: rows in the order in which they were put up, groups in the order of rows. */
export function topologyOf(
  requesters: readonly DiagramRequester[],
  responders: readonly DiagramResponder[],
): Topology {
  const subjects = [...new Set(responders.map(({ subject }) => subject))];
  const asks = new Map<PeerId, number>();
  for (const { id, subject } of requesters) {
    let row = rowFor(subjects, subject);
    if (row === -1) row = subjects.push(subject) - 1;
    asks.set(id, row);
  }

  const groups: ResponderGroup[] = [];
  const answers = new Map<PeerId, ResponderGroup>();
  const rows = subjects.map((subject, row): SubjectRow => {
    const here = responders.filter((each) => each.subject === subject);
    const queues = [...new Set(here.map(({ queue }) => queue))];
    for (const queue of queues) {
      const members = here.filter((each) => each.queue === queue).map(({ id }) => id);
      const group = { id: groupId(subject, queue), row, subject, queue, members };
      groups.push(group);
      for (const id of members) answers.set(id, group);
    }
    const living = here.filter(({ subscribed }) => subscribed);
    return {
      subject,
      queues: queues
        .filter((queue) => queue !== null)
        .map((name) => ({ name, members: living.filter(({ queue }) => queue === name).length }))
        .filter(({ members }) => members > 0),
      plain: living.filter(({ queue }) => queue === null).length,
    };
  });
  return { rows, groups, asks, answers };
}

/** The row that a request to this subject enters: its own where there is one, else the first pattern that takes it. */
export function rowFor(patterns: readonly string[], subject: string): number {
  const own = patterns.indexOf(subject);
  return own !== -1 ? own : patterns.findIndex((pattern) => subjectMatches(pattern, subject));
}

// Neither a subject nor a queue group can hold a space.
const groupId = (subject: string, queue: string | null): string =>
  queue === null ? `group:${subject}` : `group:${subject} ${queue}`;

/** What is left of names when what they all begin with is taken away, cut back to a `-`, `.` or `_`. */
export function shortNames(names: readonly string[]): {
  readonly prefix: string;
  readonly rest: readonly string[];
} {
  const first = names[0] ?? "";
  let length = names.length < 2 ? 0 : first.length;
  for (const name of names) {
    while (!name.startsWith(first.slice(0, length))) length--;
  }
  while (length > 0 && !/[-._]/.test(first.charAt(length - 1))) length--;
  return { prefix: first.slice(0, length), rest: names.map((name) => name.slice(length) || name) };
}
