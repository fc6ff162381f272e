import type { ResponderSetup } from "../domain/setup.ts";
import type { ResponderCommand } from "./messages.ts";
import { startWorkerLink, type LinkOptions } from "./workerLink.ts";

export interface ResponderLinkOptions extends LinkOptions {
  readonly setup: ResponderSetup;
}

export interface ResponderLink {
  /** Applies to the requests handled from now on; a new subject or queue group subscribes anew. */
  serve(setup: ResponderSetup): void;
  /** Stays connected; holds what is delivered. */
  freeze(): void;
  thaw(): void;
  /** Unsubscribes, finishes every request it holds, then closes: `onClosed`. */
  drain(): void;
  close(): void;
  /** Ends it as a crash would; resolves when everything it did before is passed on. */
  kill(): Promise<void>;
}

/** Starts a responder in a worker of its own, subscribed as soon as it is connected. */
export function startResponderLink(options: ResponderLinkOptions): ResponderLink {
  const worker = new Worker(new URL("./responder.worker.ts", import.meta.url), {
    type: "module",
    name: options.name,
  });
  const link = startWorkerLink<ResponderCommand>(options, {
    worker,
    suspect: "'s handler",
    advice: "Look for a loop that never ends or never awaits, then start it again.",
  });
  link.post({ type: "serve", setup: options.setup });
  return {
    serve: (setup) => link.post({ type: "serve", setup }),
    freeze: () => link.post({ type: "freeze" }),
    thaw: () => link.post({ type: "thaw" }),
    drain: () => link.post({ type: "drain" }),
    close: link.close,
    kill: link.kill,
  };
}
