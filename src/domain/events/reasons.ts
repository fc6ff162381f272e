import { OUTCOMES } from "./outcomes.ts";

/**
 * Why something ended or failed, as data: made where it is known, stored with its event, and put into words only where it is shown
 * (narration/describeReason.ts). What each kind holds, in the order in which it is stored. A kind is known by its name: add and
 * remove, but never change what one holds.
 */
const FIELDS = {
  // An exchange or a call, by whoever asked.
  timedOut: { afterMs: "number" },
  noResponders: { subject: "text" },
  gathered: {
    replies: "number",
    wanted: "number?",
    ended: ["count", "time", "gap", "sentinel"],
    ms: "number",
  },
  cancelled: { by: ["person", "requesterClosed", "responderClosed", "comparisonEnded"] },
  breakerOpen: {},
  /** `from`: what the last attempt ended with. */
  fellBack: { from: OUTCOMES },

  // What could not be sent.
  badSubject: { subject: "text" },
  badHeader: { name: "text", value: "text" },
  badTimeout: { timeoutMs: "number" },
  tooLarge: { size: "number", most: "number" },
  noHeaders: {},
  /** `reply`: the request was refused on account of its reply subject. */
  notPermitted: {
    operation: ["publish", "subscribe", "reply"],
    subject: "text",
    queue: "text?",
  },
  unsendable: { message: "text" },

  // A connection.
  connecting: { url: "text" },
  closed: {},
  /** `said`: what the other side gave as its reason, mostly nothing. */
  lost: { url: "text", said: "text" },
  silent: { url: "text" },
  serverEnded: { url: "text", error: "text" },
  loginRefused: { url: "text", with: ["none", "user", "token"], error: "text" },
  inTabStopped: {},
  badAddress: { url: "text" },
  insecurePage: { url: "text" },
  notNats: { url: "text" },
  /** What it sends cannot be read: `what` says why not. */
  brokenStream: { url: "text", what: "text" },
  noAnswer: { url: "text" },
  nothingThere: { url: "text" },
  nothingTrusted: { url: "text" },
  wantsTls: { url: "text" },
  hasNoTls: { url: "text" },
  pageRefused: { url: "text", origin: "text" },
  /** In the words of whoever found out: the browser, or the server in the tab. */
  failed: { message: "text" },

  // A responder.
  badQueue: { queue: "text" },
  badSubscription: { subject: "text" },
  threw: { message: "text" },
  simulated: { share: "number" },
  replyTooLarge: { size: "number", most: "number" },
  noHandler: { name: "text" },
  /** It holds as many requests as it can, or as many bytes of them. */
  full: { most: "number" },
  fullBytes: { most: "number" },
  replyLost: {},
  replyUnsendable: { message: "text" },

  // A worker, as the page knows it.
  thawed: {},
  finished: {},
  killed: {},
  renamed: {},
  moved: {},
  pageLeft: {},
  unreviewed: {},
  crashed: { message: "text" },

  // A circuit breaker.
  failuresInARow: { failures: "number" },
  trial: {},
  trialSucceeded: {},
  breakerChanged: {},
  breakerRemoved: {},
} as const satisfies Readonly<Record<string, Readonly<Record<string, FieldType>>>>;

type FieldType = "number" | "number?" | "text" | "text?" | readonly string[];

type Kind = keyof typeof FIELDS;
type ValueOf<Type extends FieldType> = Type extends "number"
  ? number
  : Type extends "number?"
    ? number | null
    : Type extends "text"
      ? string
      : Type extends "text?"
        ? string | null
        : Type extends readonly (infer One)[]
          ? One
          : never;
type FieldsOf<K extends Kind> = (typeof FIELDS)[K];

export type Reason = {
  [K in Kind]: { readonly kind: K } & {
    readonly [Name in keyof FieldsOf<K>]: FieldsOf<K>[Name] extends FieldType
      ? ValueOf<FieldsOf<K>[Name]>
      : never;
  };
}[Kind];

/** One kind of reason. */
export type ReasonOf<K extends Kind> = Extract<Reason, { readonly kind: K }>;

/** The field types of a kind by name; undefined for what is no kind, also for what only every object has. */
const fieldsOf = (kind: string): Readonly<Record<string, FieldType>> | undefined =>
  Object.hasOwn(FIELDS, kind) ? FIELDS[kind as Kind] : undefined; // just looked up

/** As it is stored with an event: the kind, and what it holds as a JSON array, such as `tooLarge [2000,1024]`. */
export function encodeReason(reason: Reason): string {
  const names = Object.keys(FIELDS[reason.kind]);
  if (names.length === 0) return reason.kind;
  const held: Readonly<Record<string, unknown>> = { ...reason };
  return `${reason.kind} ${JSON.stringify(names.map((name) => held[name]))}`;
}

/** Reads it back; null for an empty text and for what is none. It may come from another program. */
export function decodeReason(text: string): Reason | null {
  if (text === "") return null;
  const space = text.indexOf(" ");
  const kind = space < 0 ? text : text.slice(0, space);
  const fields = fieldsOf(kind);
  if (fields === undefined) return null;
  const values = space < 0 ? [] : parsedArray(text.slice(space + 1));
  const types = Object.entries(fields);
  if (values === null || values.length !== types.length) return null;
  if (!types.every(([, type], index) => isOf(type, values[index]))) return null;
  return { kind, ...Object.fromEntries(types.map(([name], index) => [name, values[index]])) } as Reason; // just checked
}

function parsedArray(text: string): readonly unknown[] | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

function isOf(type: FieldType, value: unknown): boolean {
  switch (type) {
    case "number":
      return typeof value === "number";
    case "number?":
      return value === null || typeof value === "number";
    case "text":
      return typeof value === "string";
    case "text?":
      return value === null || typeof value === "string";
    default:
      return typeof value === "string" && type.includes(value);
  }
}
