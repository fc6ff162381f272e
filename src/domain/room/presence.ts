import * as v from "valibot";
import { readMemberName, ROOM_SUBJECTS } from "./classroom.ts";

/** The version of what members say of themselves. */
const VERSION = 1;
/** A member says it so often, in ms; and who said nothing for so long is gone. */
export const PRESENCE_MS = 1500;
const GONE_AFTER_MS = 4500;
/** A class is smaller; what floods in under invented ids is not remembered. */
const MOST_MEMBERS = 200;
const MOST_TEXT = 2000;

const PRESENCE_PREFIX = `${ROOM_SUBJECTS}.class.member.`;
/** Where every member is heard. */
export const ALL_PRESENCES = `${PRESENCE_PREFIX}*`;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const Said = v.object({
  v: v.literal(VERSION),
  name: v.pipe(v.string(), v.maxLength(200)),
  /** Epoch ms by the member's own clock. */
  since: v.pipe(v.number(), v.finite()),
  /** The lesson that is open: its title, and how many of its steps are done. */
  lesson: v.nullable(v.object({ title: v.pipe(v.string(), v.maxLength(100)), done: count, of: count })),
  responders: count,
  requesters: count,
  /** Calls by what became of them. */
  started: count,
  replied: count,
  failed: count,
  /** Requests that its responders answered for others. */
  served: count,
  /** It leaves now. */
  leaves: v.optional(v.boolean()),
});

/** What a member says of itself. */
export type Presence = v.InferOutput<typeof Said>;

export interface Member extends Presence {
  readonly id: string;
  /** When it was heard last, by this page's clock. */
  readonly heardAt: number;
}

const isId = (text: string): boolean => /^[A-Z0-9]{8,24}$/.test(text);

/** Where a member is heard. `id` has 8 to 24 capital letters and digits. */
export const presenceSubject = (id: string): string => PRESENCE_PREFIX + id;

export const writePresence = (presence: Omit<Presence, "v">): string =>
  JSON.stringify({ v: VERSION, ...presence });

/** What anybody in the class may have sent, read as a member: null for what is none. Its name is one line of text. */
export function readPresence(subject: string, text: string, heardAt: number): Member | null {
  const id = subject.startsWith(PRESENCE_PREFIX) ? subject.slice(PRESENCE_PREFIX.length) : "";
  if (!isId(id) || text.length > MOST_TEXT) return null;
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch {
    return null;
  }
  const read = v.safeParse(Said, said);
  const name = read.success ? readMemberName(read.output.name) : null;
  return read.success && name !== null ? { ...read.output, name, id, heardAt } : null;
}

/** The members with one that was heard just now, in the order in which they came; without it when it leaves. */
export function heard(members: readonly Member[], member: Member): readonly Member[] {
  const others = members.filter(({ id }) => id !== member.id);
  if (member.leaves === true) return others;
  if (others.length < members.length) return members.map((each) => (each.id === member.id ? member : each));
  return members.length < MOST_MEMBERS ? [...members, member] : members;
}

/** Those who were heard lately. */
export const present = (members: readonly Member[], now: number): readonly Member[] =>
  members.every(({ heardAt }) => now - heardAt <= GONE_AFTER_MS)
    ? members
    : members.filter(({ heardAt }) => now - heardAt <= GONE_AFTER_MS);

/** Names as they are shown: of those who have the same, the later ones have a number behind it. */
export function shownNames(members: readonly Member[]): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  return new Map(
    members.map(({ id, name }) => {
      let shown = name;
      for (let number = 2; taken.has(shown); number++) shown = `${name} ${number}`;
      taken.add(shown);
      return [id, shown] as const;
    }),
  );
}
