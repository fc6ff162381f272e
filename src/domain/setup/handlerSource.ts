import { checkSeen, refusedInCode } from "../base/characters.ts";

/** More is no handler any more; and every responder's code is kept with the setup, which has to fit into a browser's storage. */
const LONGEST_HANDLER = 50_000;
const LONGEST_TITLE = 60;

/**
 * What is wrong with a handler's code as far as its characters tell, or null: what a person agrees to is what they see. Whether it is
 * JavaScript shows when it is loaded.
 */
export function checkHandlerSource(source: string): string | null {
  if (source.length > LONGEST_HANDLER)
    return `It has ${source.length} characters; a handler may have ${LONGEST_HANDLER}.`;
  const wrong = refusedInCode(source);
  if (wrong === null) return null;
  return `Line ${source.slice(0, wrong.at).split("\n").length}: ${wrong.message}`;
}

/** Code with its lines ended as editors here end them: JavaScript means the same by each of them. */
export const withLineFeeds = (source: string): string => source.replaceAll(/\r\n?/g, "\n");

/** What is wrong with the name of a handler, or null. */
export function checkHandlerTitle(title: string): string | null {
  if (title.trim() === "") return "Give it a name.";
  if (title !== title.trim()) return "It begins or ends with a space.";
  if (title.length > LONGEST_TITLE) return `It is longer than ${LONGEST_TITLE} characters.`;
  if (/\p{Cc}/u.test(title)) return "It holds a character that cannot be shown.";
  return checkSeen(title);
}

/** What went wrong in a person's handler, and where in its source, counted from 1; null for an unknown place. */
export interface HandlerProblem {
  readonly during: "loading" | "request";
  readonly message: string;
  readonly line: number | null;
  readonly column: number | null;
}
