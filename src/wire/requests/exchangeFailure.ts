import { ErrorCode, NatsError } from "nats.ws";
import type { Outcome } from "../../domain/events/outcomes.ts";

/** Nobody is subscribed, and nothing came in time. */
export const NO_RESPONDERS = NatsError.errorForCode(ErrorCode.NoResponders);
export const TIMED_OUT = NatsError.errorForCode(ErrorCode.Timeout);

/** The outcome behind what nats.ws rejected a request with. Its messages are bare codes, so the words are made here. */
export function failureOf(
  thrown: unknown,
  subject: string,
  timeoutMs: number,
  size: number,
  most: number | undefined,
): { outcome: Outcome; reason: string } {
  const code = thrown instanceof NatsError ? thrown.code : "";
  switch (code) {
    case ErrorCode.NoResponders:
      return { outcome: "noResponders", reason: `Nothing is subscribed to ${subject}.` };
    case ErrorCode.Timeout:
      return { outcome: "timedOut", reason: `No reply came within ${timeoutMs} ms.` };
    case ErrorCode.ConnectionClosed:
    case ErrorCode.ConnectionDraining:
    case ErrorCode.Disconnect:
      return { outcome: "connectionLost", reason: "The connection was closed." };
    case ErrorCode.Cancelled:
      return { outcome: "cancelled", reason: "It was given up." };
    case ErrorCode.PermissionsViolation:
      return { outcome: "refused", reason: `The server does not permit it: ${wordsOf(thrown)}.` };
    case ErrorCode.MaxPayloadExceeded:
      return {
        outcome: "refused",
        reason: `The message of ${size} bytes and its headers are over the server's limit of ${most ?? "?"} bytes.`,
      };
    default:
      return { outcome: "refused", reason: `It could not be sent: ${wordsOf(thrown)}.` };
  }
}

const wordsOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));
