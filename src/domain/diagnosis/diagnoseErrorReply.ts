import { describeReasonIfAny } from "../narration/describeReason.ts";
import { advice, type Diagnosis, type Failure, type Remedy, type DiagnosisContext } from "./failure.ts";
import { OUTSIDE } from "../events/events.ts";
import type { Exchange } from "../events/exchange.ts";
import { formatBytes } from "../base/formats.ts";
import { parseHeadersBlock } from "../messages/headersBlock.ts";
import { OUTCOME_WORDS } from "../events/outcomes.ts";
import { decodeUtf8 } from "../base/utf8.ts";

/** A reply came in time, and says that something is wrong. */
export function diagnoseErrorReply(failure: Failure, context: DiagnosisContext): Diagnosis {
  const { exchange } = failure;
  const reply = exchange?.arrivals.find(({ verdict }) => verdict === "taken");
  const delivery = exchange?.deliveries.find(({ peer }) => peer === reply?.from);
  const from = reply?.from ?? OUTSIDE;
  // A program here goes by its own name, as it is written, also at the start of a sentence.
  const name = from === OUTSIDE ? "a program outside this page" : context.nameOf(from);
  const subject = from === OUTSIDE ? "A program outside this page" : name;
  const said = reply ? serviceError(reply.message.headers) : NO_ERROR;
  const error = delivery?.error ?? null;
  const words =
    describeReasonIfAny(error) || said.reason || errorIn(reply ? decodeUtf8(reply.message.bytes) : "");
  const responder = context.responders.find(({ id }) => id === from);

  if (error?.kind === "replyTooLarge") {
    const { size, most } = error;
    return {
      title: "The reply was too large",
      causes: [
        `${subject} had a reply of ${formatBytes(size)}, and the server takes at most ${formatBytes(most)}: ${formatBytes(size - most)} too much.`,
        "Roundtrip sends an error in its place. In most programs such a reply is never sent, and the requester sees only a timeout.",
      ],
      remedies: [
        advice("Send smaller replies: in pages, or with a reference to the data."),
        advice("Or raise max_payload in the server’s configuration."),
      ],
    };
  }
  if (responder && error?.kind === "simulated") {
    return {
      title: `${name} fails on purpose`,
      causes: [words, "Its handler did not run: its share of error replies picked this request."],
      remedies: [
        {
          words: `Set the error replies of ${name} to 0`,
          action: { kind: "stopFailing", responder: responder.id },
        },
      ],
    };
  }
  const inTurn = failure.nested.filter(({ outcome }) => outcome !== null && outcome !== "replied");
  const threw = delivery?.result === "threw";
  return {
    title: threw ? `The handler of ${name} failed` : `${subject} replied with an error`,
    causes: [
      saidWords(words, said.code),
      threw
        ? "What a handler throws becomes an error reply, so that nobody waits for a timeout."
        : "The request arrived, was handled and answered in time: the connection works, but the request could not be fulfilled.",
      ...inTurn.map(inTurnWords),
    ],
    remedies: [
      ...inTurn.map(lookAt),
      advice(
        threw
          ? "Fix the handler, or what it depends on."
          : words === ""
            ? "Look at the reply, and at the log of its program."
            : "Correct the payload as the reply says.",
      ),
    ],
  };
}

function saidWords(words: string, code: string): string {
  if (words !== "") return `It says: ${words}${code === "" ? "" : ` (code ${code})`}`;
  return code === ""
    ? "The reply says that it is an error, but not why."
    : `The reply says that it is an error with the code ${code}, but not why.`;
}

interface ServiceError {
  readonly reason: string;
  readonly code: string;
}

const NO_ERROR: ServiceError = { reason: "", code: "" };

/** What the headers of a reply say as NATS services do; names without regard to capitals, empty for what is not there. */
function serviceError(bytes: Uint8Array): ServiceError {
  const headers = parseHeadersBlock(bytes)?.headers ?? [];
  const valueOf = (wanted: string): string =>
    headers.find(({ name }) => name.toLowerCase() === wanted)?.value ?? "";
  return { reason: valueOf("nats-service-error"), code: valueOf("nats-service-error-code") };
}

export const inTurnWords = ({ subject, outcome }: Exchange): string =>
  `Its handler asked ${subject}, and that ended with: ${outcome === null ? "nothing yet" : OUTCOME_WORDS[outcome]}.`;

export const lookAt = ({ subject, seq }: Exchange): Remedy => ({
  words: `Look at the request to ${subject}`,
  action: { kind: "lookAt", seq },
});

/** The `error` of a JSON object as text; empty where there is none. */
function errorIn(text: string): string {
  try {
    const said: unknown = JSON.parse(text);
    if (typeof said !== "object" || said === null || !("error" in said)) return "";
    return typeof said.error === "string" ? said.error : JSON.stringify(said.error);
  } catch {
    return "";
  }
}
