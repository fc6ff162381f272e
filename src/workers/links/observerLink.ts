import type { ConnectionState, PeerConnection } from "../../domain/server/connection.ts";
import { startWorkerLink, type LinkOptions } from "./workerLink.ts";

export interface ObserverLinkOptions extends Omit<LinkOptions, "onConnection"> {
  readonly onConnection: (state: ConnectionState) => void;
}

export interface ObserverLink {
  close(): void;
  kill(atOnce?: boolean): Promise<void>;
}

/** Starts the connection that tells the page how the server is. It takes no part in the traffic. */
export function startObserverLink(options: ObserverLinkOptions): ObserverLink {
  const onConnection = (state: PeerConnection): void => {
    // Only who answers requests subscribes.
    if (state.kind !== "notSubscribed") options.onConnection(state);
  };
  const link = startWorkerLink(
    { ...options, onConnection },
    {
      role: "observer",
      suspect: "'s worker",
      advice: "Reload the page.",
    },
  );
  return { close: link.close, kill: link.kill };
}
