import type { ObserverCommand } from "./messages.ts";
import { startWorkerLink, type LinkOptions } from "./workerLink.ts";

export type ObserverLinkOptions = LinkOptions;

export interface ObserverLink {
  close(): void;
  kill(): Promise<void>;
}

/** Starts the connection that tells the page how the server is. It takes no part in the traffic. */
export function startObserverLink(options: ObserverLinkOptions): ObserverLink {
  const worker = new Worker(new URL("./observer.worker.ts", import.meta.url), {
    type: "module",
    name: options.name,
  });
  const link = startWorkerLink<ObserverCommand>(options, {
    worker,
    suspect: "'s worker",
    advice: "Reload the page.",
  });
  return { close: link.close, kill: link.kill };
}
