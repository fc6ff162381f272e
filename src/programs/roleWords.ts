import { delayWords } from "../domain/setup/delays.ts";
import { formatShare } from "../domain/base/formats.ts";
import type { ResponderSetup } from "../domain/setup/setup.ts";

/** What a responder does, for the head of its program. */
export function roleWords(setup: ResponderSetup): string {
  const { name, subject, queue, delay, handling, errorShare, dropShare } = setup;
  return [
    `${name} answers on ${subject}${queue === null ? ", in no queue group" : ` in queue group ${queue}`}`,
    ...(delay.kind === "none" ? [] : [`after ${delayWords(delay)}`]),
    handling === "oneAtATime" ? "one request at a time" : "many requests at once",
    ...(errorShare > 0 ? [`${formatShare(errorShare)} with an error`] : []),
    ...(dropShare > 0 ? [`${formatShare(dropShare)} never`] : []),
  ]
    .join(", ")
    .concat(".");
}

/** What is to be known before somebody's own code is run outside the page. */
export const NO_SANDBOX =
  "There is no sandbox around this program: its handler can use your files and your network. Run only code that you have read.";

/** Where a program cannot do what the page's handler does. */
export const standInWords = (name: string): string =>
  `Stands in for the handler of ${name}, which is JavaScript: it only says what it was asked.`;
