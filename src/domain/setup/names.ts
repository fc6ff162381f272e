import { checkSeen } from "../base/characters.ts";

/** Names of requesters and responders. They name connections on the server too, so they are short and on one line. */

const LONGEST = 60;

/**
 * What is wrong with a name, in words; null when nothing is. `taken` are the names of the others: people and tests find
 * a peer by its name, so no two share one.
 */
export function checkName(name: string, taken: Iterable<string> = []): string | null {
  if (name.trim() === "") return "The name is empty: give one, such as responder-1";
  if (name !== name.trim()) return `"${name}" begins or ends with a space: take it away.`;
  if (/\p{Cc}|\p{Zl}|\p{Zp}/u.test(name))
    return "The name has a line break or an invisible character: write it on one line.";
  const unseen = checkSeen(name);
  if (unseen !== null) return `"${name}" looks like another name. ${unseen}`;
  if (/\p{Cs}/u.test(name)) return "The name has half a character in it: write it again.";
  if (name.length > LONGEST) return `The name has ${name.length} characters: use at most ${LONGEST}.`;
  for (const other of taken) {
    if (other === name)
      return `Another requester or responder is called "${name}" already: choose a different name.`;
  }
  return null;
}

/** The first free name of a family: `nextName("responder", …)` and `nextName("responder-2", …)` both give `responder-<n>`. */
export function nextName(like: string, taken: Iterable<string>): string {
  const family = like.replace(/-\d+$/, "") || like;
  const names = new Set(taken);
  let number = 1;
  while (names.has(`${family}-${number}`)) number++;
  return `${family}-${number}`;
}
