import type { ScenarioWords } from "./scenario.ts";
import type { RequesterSetup, ResponderSetup } from "./setup.ts";

interface Known<PeerSetup> {
  /** Stays the same when the peer gets another name. */
  readonly id: number;
  readonly setup: PeerSetup;
}

/** A setup at one moment, whose peers can be found again in that of another. */
export interface SetupSnapshot {
  readonly seed: number;
  readonly words: ScenarioWords;
  readonly responders: readonly Known<ResponderSetup>[];
  readonly requesters: readonly Known<RequesterSetup>[];
}

export interface SetupChange {
  /** What changed, as in `Delay of responder-1`. */
  readonly words: string;
  /** The same for edits of the same members of the same peers, which may be one edit in the making; null for any other change. */
  readonly edits: string | null;
}

type PeerSetup = ResponderSetup | RequesterSetup;

const LABELS: Readonly<Record<string, string>> = {
  name: "Name",
  subject: "Subject",
  queue: "Queue group",
  handler: "Handler",
  delay: "Delay",
  handling: "Concurrency",
  errorShare: "Error replies",
  dropShare: "Dropped requests",
  payload: "Payload",
  headers: "Headers",
  timeoutMs: "Timeout",
  inbox: "Inbox",
  policy: "Policy",
};

/** What a member of a peer's setup is called on the screen. */
export const labelOf = (member: string): string => LABELS[member] ?? member;

/** What differs between two moments; null for nothing. Setups are compared by identity: an edit makes a new one. */
export function setupChange(before: SetupSnapshot, after: SetupSnapshot): SetupChange | null {
  const from = peersOf(before);
  const to = peersOf(after);
  const added = [...to].filter(([id]) => !from.has(id)).map(([, setup]) => setup);
  const removed = [...from].filter(([id]) => !to.has(id)).map(([, setup]) => setup);
  if (added.length > 0 && removed.length > 0) return { words: "another setup", edits: null };
  if (added.length > 0) return { words: `${namesOf(added)} added`, edits: null };
  if (removed.length > 0) return { words: `${namesOf(removed)} removed`, edits: null };
  const edited = [...to].flatMap(([id, setup]) => {
    const earlier = from.get(id);
    return earlier === undefined || earlier === setup ? [] : [{ id, earlier, setup }];
  });
  if (edited.length > 0) {
    const members = [...new Set(edited.flatMap(({ earlier, setup }) => differing(earlier, setup)))];
    if (members.length === 0) return null;
    const what = members.length > 3 ? "Setup" : members.map(labelOf).join(", ");
    const ids = edited.map(({ id }) => id).join(" ");
    return {
      words: `${what} of ${namesOf(edited.map(({ earlier }) => earlier))}`,
      edits: `${ids}: ${members.join(" ")}`,
    };
  }
  if (before.seed !== after.seed) return { words: "Seed", edits: "seed" };
  if (before.words !== after.words) return { words: "Title and note", edits: "words" };
  return null;
}

const peersOf = ({ responders, requesters }: SetupSnapshot): ReadonlyMap<number, PeerSetup> =>
  new Map([...responders, ...requesters].map(({ id, setup }) => [id, setup]));

function differing(before: PeerSetup, after: PeerSetup): string[] {
  const members = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...members].filter(
    (member) => JSON.stringify(Reflect.get(before, member)) !== JSON.stringify(Reflect.get(after, member)),
  );
}

function namesOf(setups: readonly PeerSetup[]): string {
  const [first] = setups;
  if (setups.length === 1 && first) return first.name;
  const responders = setups.filter((setup) => "handler" in setup).length;
  const what = responders === setups.length ? "responders" : responders === 0 ? "requesters" : "peers";
  return `${setups.length} ${what}`;
}
