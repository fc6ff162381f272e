/** What a server says in an -ERR, read once. */
export type ServerError =
  /** `reply`: a message was refused on account of its reply subject. */
  | {
      readonly kind: "notPermitted";
      readonly operation: "publish" | "subscribe" | "reply";
      readonly subject: string;
      readonly queue: string | null;
      readonly text: string;
    }
  /** Who connects is not let in, or no longer. */
  | { readonly kind: "login"; readonly text: string }
  | { readonly kind: "other"; readonly text: string };

/**
 * `Permissions Violation for Publish to "a.b"`, `… for Subscription to "a.b" using queue "q"`, `… for Publish with Reply of "r"`.
 * The server writes names as Go quotes them.
 */
const PERMISSION =
  /^permissions violation for (publish|subscription|publish with reply)(?: to| of) ("(?:[^"\\]|\\.)*")(?: using queue ("(?:[^"\\]|\\.)*"))?/i;

const OPERATIONS = {
  publish: "publish",
  subscription: "subscribe",
  "publish with reply": "reply",
} as const;

const LOGIN =
  /^(authorization violation|user authentication (expired|revoked)|account authentication expired|authentication timeout)/i;

/** Reads the text of an -ERR, with the quotes around it or without. Never throws. */
export function parseServerError(said: string): ServerError {
  const text = /^'.*'$/s.test(said) ? said.slice(1, -1) : said;
  const [, what = "", subject = "", queue] = PERMISSION.exec(text) ?? [];
  const operation = Object.entries(OPERATIONS).find(([words]) => words === what.toLowerCase())?.[1];
  if (operation !== undefined) {
    return {
      kind: "notPermitted",
      operation,
      subject: unquoted(subject),
      queue: queue === undefined ? null : unquoted(queue),
      text,
    };
  }
  return { kind: LOGIN.test(text) ? "login" : "other", text };
}

/** What Go has quoted. An escape that JSON does not know stays as it is. */
function unquoted(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted.slice(1, -1);
  }
}
