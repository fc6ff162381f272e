import type { HandlerProblem } from "../../domain/setup/handlerSource.ts";
import type { ResponderSetup } from "../../domain/setup/setup.ts";
import { openSandbox, type SandboxFrame } from "./sandboxLink.ts";
import type { SandboxEnd } from "../messages.ts";
import { hangWords, startWorkerLink, type LinkOptions } from "./workerLink.ts";

export interface ResponderLinkOptions extends LinkOptions {
  readonly setup: ResponderSetup;
  /** Code that a person wrote is loaded: null; or what is wrong with it, or what it threw. */
  readonly onHandler: (problem: HandlerProblem | null) => void;
}

export interface ResponderLink {
  /** Applies to the requests handled from now on; a new subject or queue group subscribes anew. */
  serve(setup: ResponderSetup): void;
  /** Stays connected; holds what is delivered. */
  freeze(): void;
  thaw(): void;
  /** Unsubscribes, finishes every request it holds, then closes: `onClosed`. */
  drain(): void;
  /** Whether to tell of events only now and then, because nobody looks. */
  report(seldom: boolean): void;
  /** Asks it to pass on what it has recorded: `onTold` follows. */
  ask(): void;
  close(): void;
  /** Ends it as a crash would; resolves when everything it did before is passed on, or `atOnce`. */
  kill(atOnce?: boolean): Promise<void>;
}

const SUSPECT = "'s handler";
const ADVICE = "Look for a loop that never ends or never awaits, then start it again.";
const FLOODED =
  "'s handler sent what no handler can send, or more than one can, so it was ended. Review its code, then start it again.";
/** A browser may run each frame without an origin in a process of its own. Chromium has one for all of a page. */
const PROCESS_GONE =
  "'s handler is gone with the process of the browser that runs handlers, most likely because one of them used too much memory. " +
  "Look for a handler that keeps all it gets, then start this one again.";

/**
 * Starts a responder in a worker of its own, subscribed as soon as it is connected. Code that a person wrote runs in a sandbox beside
 * that worker, which ends with it.
 */
export function startResponderLink(options: ResponderLinkOptions): ResponderLink {
  /** By their numbers: the newest is in use, older ones finish what they were given. */
  const sandboxes = new Map<number, SandboxFrame>();
  let lastSandbox = 0;
  let inUse = false;

  function closeSandbox(number: number): void {
    sandboxes.get(number)?.close();
    sandboxes.delete(number);
  }
  const link = startWorkerLink(options, {
    role: "responder",
    suspect: SUSPECT,
    advice: ADVICE,
    onHandler: options.onHandler,
    onHandlerEnd: (why) => void tellEnd(why),
    onSandboxDone: closeSandbox,
    onEnd() {
      for (const number of sandboxes.keys()) closeSandbox(number);
    },
  });

  /** A handler that says nothing may be in a loop; or the process that it shared with all handlers is gone. */
  async function tellEnd(why: SandboxEnd): Promise<void> {
    if (why === "flooded") return link.fail(FLOODED);
    const lives = await sandboxes.get(lastSandbox)?.lives();
    link.fail(lives === false ? PROCESS_GONE : hangWords(SUSPECT, ADVICE));
  }

  function serve(setup: ResponderSetup): void {
    const wanted = setup.handler.kind === "code";
    if (wanted && !inUse) {
      const sandbox = openSandbox(options.name, link.fail);
      sandboxes.set(++lastSandbox, sandbox);
      link.post({ type: "sandbox", number: lastSandbox, port: sandbox.port }, [sandbox.port]);
    }
    inUse = wanted;
    link.post({ type: "serve", setup });
  }

  serve(options.setup);
  return {
    serve,
    freeze: () => link.post({ type: "freeze" }),
    thaw: () => link.post({ type: "thaw" }),
    drain: () => link.post({ type: "drain" }),
    report: link.report,
    ask: link.ask,
    close: link.close,
    kill: link.kill,
  };
}
