/**
 * Servers that are shared with strangers. There a page keeps to subjects that begin with a word of its own, its prefix, so that people
 * who try the same examples do not answer each other. Everybody on such a server can listen all the same, with a wildcard.
 *
 * What crosses the wire has the prefix; what is shown and written does not, except in the Wire tab, which shows what crossed.
 */

/** Hosts known to be open to everyone. */
const OPEN_TO_ALL = ["demo.nats.io"];

/** Whether everyone knows that a server, by its WebSocket's address, is open to strangers. */
export function isOpenToAll(url: string): boolean {
  const host = /^wss?:\/\/([^/:?#]+)/i.exec(url)?.[1]?.toLowerCase();
  return host !== undefined && OPEN_TO_ALL.some((open) => host === open || host.endsWith(`.${open}`));
}

const LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
const LONGEST = 32;

/** A prefix that nobody else has, as likely as not among 2⁵⁰ others. `random` gives 0 ≤ x < 1. */
export function newPrefix(random: () => number): string {
  const letter = (): string => LETTERS[Math.floor(random() * LETTERS.length)] ?? "x";
  return `rt-${Array.from({ length: 10 }, letter).join("")}`;
}

/** What is wrong with a prefix, in words for the person who wrote it; null when nothing is. */
export function checkPrefix(prefix: string): string | null {
  if (prefix === "") return "Give a prefix: without one, strangers who try the same subject answer you.";
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(prefix))
    return "A prefix is one word of letters, digits, - and _, and begins with a letter or digit.";
  if (prefix.length > LONGEST) return `The prefix has ${prefix.length} characters: use at most ${LONGEST}.`;
  return null;
}

/** A subject as it crosses the wire. Without a prefix it is as it was written. */
export const onTheWire = (subject: string, prefix: string | undefined): string =>
  prefix === undefined ? subject : `${prefix}.${subject}`;

/** A subject as it is shown, of one that crossed the wire. What does not have the prefix is left as it is. */
export const asWritten = (subject: string, prefix: string | undefined): string =>
  prefix !== undefined && subject.startsWith(`${prefix}.`) ? subject.slice(prefix.length + 1) : subject;

const DOT = 0x2e;

/** How many of a subject's bytes are its first word and the dot after it: the prefix of one that has it. */
export function prefixBytes(bytes: Uint8Array, from: number, length: number): number {
  const dot = bytes.indexOf(DOT, from);
  return dot < 0 || dot >= from + length ? 0 : dot + 1 - from;
}
