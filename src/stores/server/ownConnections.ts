import type { PeerId } from "../../domain/events/events.ts";
import type { PeerConnection } from "../../domain/server/connection.ts";

/** The server's own numbers of this page's connections: another tab's peers have the same names, but not these. */
const numbers = new Map<PeerId, number>();

export function noteConnection(peer: PeerId, connection: PeerConnection): void {
  if (connection.kind !== "connected") return;
  const { clientId } = connection.server;
  if (clientId === null) numbers.delete(peer);
  else numbers.set(peer, clientId);
}

/** Null where the server gives none, so that only names can tell. */
export const ownConnections = (): readonly number[] | null =>
  numbers.size === 0 ? null : [...numbers.values()];
