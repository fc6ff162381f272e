import { ErrorCode, NatsError } from "nats.ws";
import type { Outcome } from "../../domain/events/outcomes.ts";
import type { Reason, ReasonOf } from "../../domain/events/reasons.ts";
import { parseServerError, type ServerError } from "../../protocol/serverError.ts";

/** An outcome that is not a reply, and why. */
export interface Failure {
  readonly outcome: Outcome;
  readonly reason: Reason;
}

/** What nats.ws threw for a message of so many bytes, its headers included. `most`: the server's limit in bytes. */
export function failureOf(thrown: unknown, size: number, most: number): Failure {
  const code = thrown instanceof NatsError ? thrown.code : "";
  switch (code) {
    case ErrorCode.ConnectionClosed:
    case ErrorCode.ConnectionDraining:
    case ErrorCode.Disconnect:
      return { outcome: "connectionLost", reason: { kind: "closed" } };
    case ErrorCode.MaxPayloadExceeded:
      return { outcome: "refused", reason: { kind: "tooLarge", size, most } };
    case ErrorCode.ServerOptionNotAvailable:
      return { outcome: "refused", reason: { kind: "noHeaders" } };
    default:
      return { outcome: "refused", reason: refusalOf(thrown) };
  }
}

/** Why the server refused a subscription, or why it could not be made. */
export function refusalOf(thrown: unknown): Reason {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const error = parseServerError(message);
  return error.kind === "notPermitted" ? denialOf(error) : { kind: "unsendable", message };
}

export const denialOf = ({
  operation,
  subject,
  queue,
}: Extract<ServerError, { kind: "notPermitted" }>): ReasonOf<"notPermitted"> => ({
  kind: "notPermitted",
  operation,
  subject,
  queue,
});
