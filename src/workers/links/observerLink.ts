import { startWorkerLink, type LinkOptions } from "./workerLink.ts";

export type ObserverLinkOptions = LinkOptions;

export interface ObserverLink {
  close(): void;
  kill(): Promise<void>;
}

/** Starts the connection that tells the page how the server is. It takes no part in the traffic. */
export function startObserverLink(options: ObserverLinkOptions): ObserverLink {
  const link = startWorkerLink(options, {
    role: "observer",
    suspect: "'s worker",
    advice: "Reload the page.",
  });
  return { close: link.close, kill: link.kill };
}
