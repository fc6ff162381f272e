import type { ConnectionState, PeerConnection } from "../../domain/server/connection.ts";
import { startWorkerLink, type LinkOptions } from "./workerLink.ts";

export interface RoomLinkOptions extends Omit<LinkOptions, "onConnection" | "onEvents" | "onClosed"> {
  readonly onConnection: (state: ConnectionState) => void;
  /** A message on a subject that is listened to. Anybody in the room may have sent it. */
  readonly onHeard: (subject: string, text: string) => void;
}

export interface RoomLink {
  /** Publishes, if it is connected. */
  say(subject: string, text: string): void;
  /** Listens on a subject, wildcards included, once for all: for while it is connected, and after each reconnect. */
  hear(subject: string): void;
  /** Sends what is waiting, and ends. */
  close(): void;
}

/** Starts the connection for a room's own messages. What it records is nobody's request, and is not passed on. */
export function startRoomLink(options: RoomLinkOptions): RoomLink {
  const onConnection = (state: PeerConnection): void => {
    if (state.kind !== "notSubscribed") options.onConnection(state);
  };
  const link = startWorkerLink(
    { ...options, onConnection, onEvents: () => {}, onClosed: () => {} },
    { role: "room", suspect: "'s worker", advice: "Reload the page.", onRoom: options.onHeard },
  );
  return {
    say: (subject, text) => link.post({ type: "say", subject, text }),
    hear: (subject) => link.post({ type: "hear", subject }),
    close: link.close,
  };
}
