import * as v from "valibot";
import { checkDelay } from "./delays.ts";
import { checkHandlerSource, checkHandlerTitle, withLineFeeds } from "./handlerSource.ts";
import { checkHeaderName, checkHeaderValue } from "../messages/headersBlock.ts";
import { checkName } from "./names.ts";
import { PLAIN_POLICY } from "./policies.ts";
import { policySchema } from "./policySchema.ts";
import { number, object, saidBy, text } from "./schemaParts.ts";
import type { Setup } from "./setup.ts";
import { checkTemplateSize } from "../messages/templates.ts";
import { checkPublishSubject, checkQueueGroup, checkSubscriptionSubject } from "../messages/subjects.ts";

/**
 * Reading a setup that comes from storage, from a link or from a file: anything may stand there. Payload templates are taken
 * as they are, as a half-written one must survive a reload; the form says what is wrong with it.
 */

const MOST_PEERS = 200;
const MOST_HEADERS = 100;
export const LONGEST_TIMEOUT_MS = 600_000;
const MOST_PROBLEMS = 8;

export type ParsedSetup =
  | { readonly ok: true; readonly setup: Setup }
  /** In words, each with its place, such as `responder 2, subject: …`. */
  | { readonly ok: false; readonly problems: readonly string[] };

/** Reads a setup without its version. Never throws. */
export function parseSetup(value: unknown): ParsedSetup {
  const parsed = v.safeParse(setupSchema, value);
  if (parsed.success) return { ok: true, setup: parsed.output };
  return { ok: false, problems: problemsOf(parsed.issues, "setup") };
}

/** What is wrong, each with its place; `whole` names what all of it is. */
export function problemsOf(issues: readonly v.BaseIssue<unknown>[], whole: string): string[] {
  const problems = issues
    .slice(0, MOST_PROBLEMS)
    .map((issue) => sentence(`${placeOf(issue.path ?? [], whole)}: ${issue.message}`));
  const more = issues.length - problems.length;
  if (more > 0) problems.push(`… and ${more} more.`);
  return problems;
}

/** The words beside a field end without a full stop; here others follow. */
const sentence = (words: string): string => (/[.!?…]$/.test(words) ? words : `${words}.`);

/** `responders.1.subject` as people say it: `responder 2, subject`. */
function placeOf(path: readonly { readonly key?: unknown }[], whole: string): string {
  let place = "";
  for (const { key } of path) {
    if (typeof key === "number") place = `${place.replace(/s$/, "")} ${key + 1}`;
    else place += `${place === "" ? "" : ", "}${named(String(key))}`;
  }
  return place === "" ? whole : place;
}

/** Our own members by their names; a stranger's in quotes and not at full length. */
const named = (key: string): string => (/^\w{1,40}$/.test(key) ? key : JSON.stringify(key.slice(0, 40)));

const share = v.pipe(
  number(),
  v.minValue(0, "It should be a share from 0 to 1."),
  v.maxValue(1, "It should be a share from 0 to 1."),
);
/** Counted before any of it is looked at. */
const list = <const Item extends v.GenericSchema>(item: Item, most: number, what: string) =>
  v.pipe(
    v.array(v.unknown(), "It should be a list."),
    v.maxLength(most, `It has more than ${most} ${what}.`),
    v.array(item),
  );

const delaySchema = v.pipe(
  v.variant(
    "kind",
    [
      object({ kind: v.literal("none") }),
      object({ kind: v.literal("fixed"), ms: number() }),
      object({ kind: v.literal("uniform"), minMs: number(), maxMs: number() }),
      object({ kind: v.literal("normal"), meanMs: number(), deviationMs: number() }),
      object({ kind: v.literal("exponential"), meanMs: number() }),
    ],
    "It should be one of none, fixed, uniform, normal, exponential.",
  ),
  saidBy(checkDelay),
);

const handlerId = v.pipe(
  text,
  v.regex(/^[a-z][a-z0-9-]{0,60}$/, "It should name a handler, such as user-lookup."),
);
const handlerSchema = v.variant(
  "kind",
  [
    object({ kind: v.literal("builtin"), id: handlerId }),
    object({
      kind: v.literal("code"),
      title: v.pipe(text, saidBy(checkHandlerTitle)),
      source: v.pipe(text, v.transform(withLineFeeds), saidBy(checkHandlerSource)),
      basedOn: v.exactOptional(handlerId),
    }),
  ],
  "It should be one of builtin, code.",
);

const responderSchema = object({
  name: v.pipe(
    text,
    saidBy((name) => checkName(name)),
  ),
  subject: v.pipe(text, saidBy(checkSubscriptionSubject)),
  queue: v.nullable(v.pipe(text, saidBy(checkQueueGroup))),
  handler: handlerSchema,
  delay: delaySchema,
  handling: v.picklist(["oneAtATime", "concurrent"], "It should be oneAtATime or concurrent."),
  errorShare: share,
  dropShare: share,
});

const requesterSchema = object({
  name: v.pipe(
    text,
    saidBy((name) => checkName(name)),
  ),
  subject: v.pipe(text, saidBy(checkPublishSubject)),
  payload: object({
    format: v.picklist(["json", "text", "hex", "base64"], "It should be json, text, hex or base64."),
    template: v.pipe(text, saidBy(checkTemplateSize)),
  }),
  headers: list(
    object({ name: v.pipe(text, saidBy(checkHeaderName)), value: v.pipe(text, saidBy(checkHeaderValue)) }),
    MOST_HEADERS,
    "headers",
  ),
  timeoutMs: v.pipe(
    number(),
    v.integer("It should be a whole number of milliseconds."),
    v.minValue(1, "It should be at least 1 ms."),
    v.maxValue(LONGEST_TIMEOUT_MS, `It should be at most ${LONGEST_TIMEOUT_MS} ms (ten minutes).`),
  ),
  inbox: v.exactOptional(
    v.picklist(["multiplexed", "perRequest"], "It should be multiplexed or perRequest."),
  ),
  // Setups that were kept before there were policies have none.
  policy: v.optional(policySchema, PLAIN_POLICY),
});

export const setupSchema = object({
  seed: v.pipe(v.number("It should be a number."), v.safeInteger("It should be a whole number.")),
  responders: list(responderSchema, MOST_PEERS, "responders"),
  requesters: list(requesterSchema, MOST_PEERS, "requesters"),
});
