/** Text where it says all, else bytes. */
export type Payload = string | Uint8Array;

/**
 * What crosses between a responder's worker, which has the NATS connection, and the runtime that runs a person's code in a worker of
 * its own. Both sides send lists. The responder's worker takes nothing on trust that comes up: it reads it with `readFromRuntime`.
 */
export type ToRuntime =
  /** The handler that answers from now on. `load` grows with each. */
  | {
      readonly type: "load";
      readonly load: number;
      readonly source: string;
      readonly name: string;
      readonly seed: number;
    }
  | {
      readonly type: "run";
      readonly id: number;
      readonly subject: string;
      readonly payload: Payload;
      readonly headers: Readonly<Record<string, string>>;
    }
  /** What came of an `ask`: a reply, or why there is none. */
  | {
      readonly type: "answer";
      readonly ask: number;
      readonly reply: {
        readonly subject: string;
        readonly payload: Payload;
        readonly headers: Readonly<Record<string, string>>;
      };
    }
  | {
      readonly type: "noAnswer";
      readonly ask: number;
      readonly outcome: string;
      readonly message: string;
    }
  | { readonly type: "ping" };

/** An error, and where in the person's code it arose, counted from 1; 0 for an unknown place. */
export interface ThrownWords {
  readonly name: string;
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

export type FromRuntime =
  | { readonly type: "pong" }
  | { readonly type: "loaded"; readonly load: number }
  | ({ readonly type: "notLoaded"; readonly load: number } & ThrownWords)
  | { readonly type: "returned"; readonly id: number; readonly payload: Payload }
  | ({ readonly type: "threw"; readonly id: number } & ThrownWords)
  /** Thrown outside of any request, such as in a timer. */
  | ({ readonly type: "uncaught" } & ThrownWords)
  | {
      readonly type: "ask";
      /** The request it is asked for, 0 for none. */
      readonly id: number;
      readonly ask: number;
      readonly subject: string;
      readonly payload: Payload;
      readonly timeoutMs: number | null;
      readonly headers: Readonly<Record<string, string>>;
    }
  | { readonly type: "log"; readonly id: number; readonly line: string };

/** Makes sure that what came up is what it should be; null for anything else. */
export function readFromRuntime(value: unknown): FromRuntime | null {
  if (typeof value !== "object" || value === null || !("type" in value)) return null;
  const number = (key: string): number => {
    const found: unknown = Reflect.get(value, key);
    return typeof found === "number" && Number.isSafeInteger(found) && found >= 0 ? found : 0;
  };
  const text = (key: string, most = Infinity): string => {
    const found: unknown = Reflect.get(value, key);
    return typeof found === "string" ? found.slice(0, most) : "";
  };
  const payload = (): Payload => {
    const found: unknown = Reflect.get(value, "payload");
    // Of a view, all that lies around it came too.
    return found instanceof Uint8Array ? found.slice() : text("payload");
  };
  const thrown = (): ThrownWords => ({
    name: text("name", 100),
    message: text("message", LONGEST_WORDS),
    line: number("line"),
    column: number("column"),
  });
  switch (value.type) {
    case "pong":
      return { type: "pong" };
    case "loaded":
      return { type: "loaded", load: number("load") };
    case "notLoaded":
      return { type: "notLoaded", load: number("load"), ...thrown() };
    case "returned":
      return { type: "returned", id: number("id"), payload: payload() };
    case "threw":
      return { type: "threw", id: number("id"), ...thrown() };
    case "uncaught":
      return { type: "uncaught", ...thrown() };
    case "ask": {
      const timeoutMs: unknown = Reflect.get(value, "timeoutMs");
      return {
        type: "ask",
        id: number("id"),
        ask: number("ask"),
        subject: text("subject", LONGEST_WORDS),
        payload: payload(),
        timeoutMs: typeof timeoutMs === "number" ? timeoutMs : null,
        headers: textsIn(Reflect.get(value, "headers")),
      };
    }
    case "log":
      return { type: "log", id: number("id"), line: text("line", LONGEST_WORDS) };
    default:
      return null;
  }
}

/** Names and texts of an object; nothing of anything else. */
function textsIn(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== "object" || value === null) return {};
  const texts = Object.entries(value).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return Object.fromEntries(texts.slice(0, MOST_HEADERS));
}

const MOST_HEADERS = 100;
const LONGEST_WORDS = 4096;

/** So many questions of one sandbox wait for replies at most: a loop that only asks must not fill the memory of who has the connection. */
export const MOST_ASKED = 10_000;
