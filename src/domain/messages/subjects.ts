/** Subjects and queue groups: what NATS accepts, said in words, and which subscription gets which message. */

import { unseenWords } from "../base/characters.ts";

/** Longer ones come close to the length that a server accepts for a whole protocol line. */
const LONGEST = 1024;

/** What is wrong with a subject to publish to, in words for the person who wrote it; null when nothing is. */
export function checkPublishSubject(subject: string): string | null {
  const wrong = checkWords(subject, "subject");
  if (wrong !== null) return wrong;
  const wildcard = subject.split(".").find((word) => word === "*" || word === ">");
  if (wildcard !== undefined) {
    return `"${subject}" has the wildcard ${wildcard}: a request goes to one subject, such as user.get. Wildcards are for responders.`;
  }
  return null;
}

/** What is wrong with a subject to subscribe to (wildcards `*` and `>` allowed); null when nothing is. */
export function checkSubscriptionSubject(subject: string): string | null {
  const wrong = checkWords(subject, "subject");
  if (wrong !== null) return wrong;
  const words = subject.split(".");
  const full = words.indexOf(">");
  if (full !== -1 && full !== words.length - 1) {
    return `"${subject}" has > in the middle: > stands for all the words that follow, so it comes last, such as user.>`;
  }
  return null;
}

/** What is wrong with the name of a queue group; null when nothing is. No queue group at all is not a name: it is null. */
export function checkQueueGroup(queue: string): string | null {
  if (queue === "") return "The queue group has no name: give one, such as users, or choose no queue group.";
  const wrong = checkCharacters(queue, "queue groups are named by one word, such as users");
  if (wrong !== null) return wrong;
  if (queue.length > LONGEST)
    return `The queue group's name has ${queue.length} characters: use at most ${LONGEST}.`;
  return null;
}

function checkWords(subject: string, what: string): string | null {
  if (subject === "") return `The ${what} is empty: write one or more words joined by dots, such as user.get`;
  const wrong = checkCharacters(subject, "subjects are words joined by dots, such as user.get");
  if (wrong !== null) return wrong;
  if (subject.length > LONGEST)
    return `The ${what} has ${subject.length} characters: use at most ${LONGEST}.`;
  if (subject.startsWith(".")) return `"${subject}" starts with a dot: put a word before it or take it away.`;
  if (subject.endsWith(".")) return `"${subject}" ends with a dot: put a word after it or take it away.`;
  if (subject.includes(".."))
    return `"${subject}" has two dots in a row: put a word between them or take one away.`;
  const mixed = subject.split(".").find((word) => word.length > 1 && /[*>]/.test(word));
  if (mixed !== undefined) {
    const wildcard = mixed.includes("*") ? "*" : ">";
    return `"${subject}" has ${wildcard} inside the word "${mixed}": a wildcard is a whole word, such as user.${wildcard}`;
  }
  return null;
}

/** NATS forbids blanks; beyond ASCII it leaves what happens to each client, so Roundtrip keeps to ASCII. */
function checkCharacters(text: string, rule: string): string | null {
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code > 0x20 && code < 0x7f) continue;
    return `"${visible(text)}" has ${nameOfCharacter(character, code)}: ${rule}.`;
  }
  return null;
}

function nameOfCharacter(character: string, code: number): string {
  if (code === 0x20) return "a space";
  return unseenWords(character) ?? `"${character}", which is not ASCII`;
}

const visible = (text: string): string =>
  Array.from(text, (character) => (unseenWords(character) === null ? character : "␣")).join("");

const DOT = 0x2e;
const STAR = 0x2a;
const GREATER = 0x3e;

/**
 * Whether a subscription to `pattern` gets a message published to `subject`. `*` stands for exactly one word, `>` at the
 * end for one or more. Both must have passed their check; runs without allocating, as diagrams ask it often.
 */
export function subjectMatches(pattern: string, subject: string): boolean {
  let inPattern = 0;
  let inSubject = 0;
  for (;;) {
    const patternEnd = wordEnd(pattern, inPattern);
    const subjectEnd = wordEnd(subject, inSubject);
    const length = patternEnd - inPattern;
    const first = pattern.charCodeAt(inPattern);
    if (length === 1 && first === GREATER && patternEnd === pattern.length) return true;
    const any = length === 1 && first === STAR;
    if (!any && !sameWord(pattern, inPattern, subject, inSubject, length, subjectEnd - inSubject))
      return false;
    const patternDone = patternEnd === pattern.length;
    const subjectDone = subjectEnd === subject.length;
    if (patternDone || subjectDone) return patternDone && subjectDone;
    inPattern = patternEnd + 1;
    inSubject = subjectEnd + 1;
  }
}

function sameWord(a: string, inA: number, b: string, inB: number, lengthA: number, lengthB: number): boolean {
  if (lengthA !== lengthB) return false;
  for (let index = 0; index < lengthA; index++)
    if (a.charCodeAt(inA + index) !== b.charCodeAt(inB + index)) return false;
  return true;
}

function wordEnd(text: string, from: number): number {
  let index = from;
  while (index < text.length && text.charCodeAt(index) !== DOT) index++;
  return index;
}

/**
 * The candidate that somebody who wrote `subject` probably meant: a slip or two away, or the same but for capitals.
 * Null when none is near. Ties go to the earlier candidate.
 */
export function nearestSubject(subject: string, candidates: Iterable<string>): string | null {
  const allowed = Math.max(1, Math.min(3, Math.floor(subject.length / 4)));
  let nearest: string | null = null;
  let least = Infinity;
  for (const candidate of candidates) {
    if (candidate === subject || Math.abs(candidate.length - subject.length) > allowed) continue;
    const slips = slipsBetween(subject.toLowerCase(), candidate.toLowerCase());
    if (slips <= allowed && slips < least) {
      least = slips;
      nearest = candidate;
    }
  }
  return nearest;
}

/** Letters missing, added, changed or swapped with their neighbour (optimal string alignment distance). */
function slipsBetween(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let slips = Math.min(changed, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        slips = Math.min(slips, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(slips);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}

/**
 * True for a reply subject that is a whole inbox: `_INBOX.<id>`, made up for one request alone. With one inbox for all requests a
 * token follows, which tells them apart.
 */
export const isInboxOfOne = (reply: string): boolean => /^_INBOX\.[^.*>]+$/.test(reply);
