import { ATTEMPT_HEADER } from "../domain/setup/policies.ts";
import type { RequesterSetup, ResponderSetup } from "../domain/setup/setup.ts";
import { bytesWritten } from "../domain/messages/payloadBytes.ts";
import { isBytesFormat, templatePieces, type Placeholder } from "../domain/messages/templates.ts";
import { fileNameOf } from "./literals.ts";
import { isNumbered, policyParts, policyWords } from "./policyParts.ts";
import type { ServerPlace } from "./program.ts";
import { roleWords } from "./roleWords.ts";

/** What every program says of credentials, which come from the environment alone. */
const CREDENTIAL_WORDS = {
  none: null,
  user: "The server asks for a user and a password: set NATS_USER and NATS_PASSWORD.",
  token: "The server asks for a token: set NATS_TOKEN.",
} as const;

/** The server in use, unless the environment names another one. */
const connectionHoles = (name: string, { url, credentials }: ServerPlace) => ({
  name,
  url,
  credentials: CREDENTIAL_WORDS[credentials],
  user: credentials === "user",
  token: credentials === "token",
});

/** What fills the template of a requester in any language. Times in ms. */
export function requesterHoles(setup: RequesterSetup, server: ServerPlace, ending: string) {
  const { name, subject, headers, policy, payload, timeoutMs, inbox } = setup;
  const { retry, breaker, gather, fallback, callHeader, plain } = policyParts(policy);
  const kinds = new Set(
    (isBytesFormat(payload.format) ? [] : templatePieces(payload.template)).map((piece) =>
      typeof piece === "string" ? "" : piece.kind,
    ),
  );
  return {
    ...connectionHoles(name, server),
    about: `${name} asks ${subject} and prints what comes back.`,
    policy: policyWords(policy) || null,
    fileName: `${fileNameOf(name)}${ending}`,
    subject,
    // Where replies are gathered, their own time is what counts.
    timeoutMs: gather === null ? timeoutMs : null,
    ownInbox: inbox === "perRequest",
    headers: headers.map((each) => ({ headerName: each.name, headerValue: each.value })),
    sends: headers.length > 0 || callHeader !== null,
    callHeader,
    attemptHeader: ATTEMPT_HEADER,
    numbered: isNumbered(policy),
    gather: gather !== null,
    forMs: gather?.forMs ?? null,
    gapMs: gather?.gapMs ?? null,
    count: gather?.count ?? null,
    sentinel: gather?.sentinel ?? false,
    plain,
    retry: retry !== null,
    attempts: retry?.attempts ?? null,
    breaker: breaker !== null,
    breakerFailures: breaker?.failures ?? null,
    openMs: breaker?.openMs ?? null,
    fallback,
    isBytes: isBytesFormat(payload.format),
    /** What the payload is filled with. */
    counts: kinds.has("n"),
    random: kinds.has("random"),
    uuid: kinds.has("uuid"),
  };
}

/** What fills the template of a responder in any language. */
export function responderHoles(setup: ResponderSetup, server: ServerPlace, ending: string) {
  const { name, subject, queue, delay, handling, dropShare, errorShare } = setup;
  return {
    ...connectionHoles(name, server),
    role: roleWords(setup),
    fileName: `${fileNameOf(name)}${ending}`,
    subject,
    queue,
    dropShare: dropShare > 0 ? dropShare : null,
    errorShare: errorShare > 0 ? errorShare : null,
    drawsLots: dropShare > 0 || errorShare > 0 || (delay.kind !== "none" && delay.kind !== "fixed"),
    oneAtATime: handling === "oneAtATime",
  };
}

/** The bytes of a payload that is written as bytes; null for a text. */
export const payloadBytes = ({ payload: { format, template } }: RequesterSetup): Uint8Array | null =>
  isBytesFormat(format) ? bytesWritten(format, template) : null;

/** A payload as an expression of a text, the same that the page renders. */
export function payloadExpression(
  template: string,
  literal: (text: string) => string,
  placeholder: (placeholder: Placeholder) => string,
): string {
  const pieces = templatePieces(template).map((piece) =>
    typeof piece === "string" ? literal(piece) : placeholder(piece),
  );
  return pieces.length === 0 ? literal("") : pieces.join(" + ");
}
