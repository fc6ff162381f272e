import type { CallSamples } from "../../domain/load/callSamples.ts";
import type { LoadPlan, RequesterSetup } from "../../domain/setup/setup.ts";
import type { LoadProgress } from "../messages.ts";
import { startWorkerLink, type LinkOptions } from "./workerLink.ts";

export interface RequesterLinkOptions extends LinkOptions {
  /** About ten times a second while a load runs, and once when it ends. */
  readonly onLoad: (progress: LoadProgress, samples: CallSamples | null) => void;
}

export interface RequesterLink {
  /** Makes `count` calls at once; `first` numbers the first one for `{{n}}`. */
  send(setup: RequesterSetup, count: number, first: number): void;
  /** Makes one call, and asks the server to tell what it does with it. */
  sendTraced(setup: RequesterSetup, first: number): void;
  /** `run` tells its progress from that of others. While a load runs nothing happens. */
  startLoad(setup: RequesterSetup, plan: LoadPlan, first: number, run: number): void;
  /** Starts no more calls; the load runs until those in flight have their outcomes. */
  stopLoad(): void;
  /** Gives up every call in flight and stops a load. */
  cancel(): void;
  /** Whether to tell of events only now and then, because nobody looks. */
  report(seldom: boolean): void;
  /** Asks it to pass on what it has recorded: `onTold` follows. */
  ask(): void;
  close(): void;
  /** Ends it as a crash would; resolves when everything it did before is passed on, or `atOnce`. */
  kill(atOnce?: boolean): Promise<void>;
}

/** Starts a requester in a worker of its own. */
export function startRequesterLink(options: RequesterLinkOptions): RequesterLink {
  const link = startWorkerLink(options, {
    role: "requester",
    suspect: "'s worker",
    advice: "Its load was more than this machine can make. Start it again with less.",
    onLoad: options.onLoad,
  });
  return {
    send: (setup, count, first) => link.post({ type: "send", setup, count, first, traced: false }),
    sendTraced: (setup, first) => link.post({ type: "send", setup, count: 1, first, traced: true }),
    startLoad: (setup, plan, first, run) => link.post({ type: "startLoad", setup, plan, first, run }),
    stopLoad: () => link.post({ type: "stopLoad" }),
    cancel: () => link.post({ type: "cancel" }),
    report: link.report,
    ask: link.ask,
    close: link.close,
    kill: link.kill,
  };
}
