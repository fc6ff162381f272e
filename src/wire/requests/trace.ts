import { createInbox } from "nats.ws";
import type { Connection } from "../connection/connect.ts";

/** How long reports are awaited, in ms: each server that a request passes sends one, at once. */
const LISTENS_MS = 5000;

/**
 * Listens for what servers report on one request, on a subject that nobody else knows, so that nobody else's traffic is touched:
 * a server answers 503 for a subject without subscribers as before. The tap records what comes. Gives the subject; null without
 * a connection.
 */
export function listenForTrace(connection: Connection): string | null {
  const nats = connection.live;
  if (nats === null) return null;
  // Two tokens after the prefix and no wildcard: it is no inbox for replies.
  const subject = `${createInbox()}.trace`;
  const subscription = nats.subscribe(subject, { callback() {} });
  setTimeout(() => subscription.unsubscribe(), LISTENS_MS);
  return subject;
}
