import type { EventBatch } from "../domain/events/batch.ts";
import type { CallSamples } from "../domain/load/callSamples.ts";
import type { PeerConnection, ServerAddress } from "../domain/server/connection.ts";
import type { HandlerProblem } from "../domain/setup/handlerSource.ts";
import type { ComparisonPlan, ComparisonProgress } from "../domain/load/comparison.ts";
import type { RunProgress } from "../domain/load/runs.ts";
import type { LoadPlan, RequesterSetup, ResponderSetup } from "../domain/setup/setup.ts";

export type { PeerConnection, ServerAddress };

/** Everything that crosses between the page and a worker. Commands go down, events come up, nothing else. */

/** What a worker is for, and what it understands besides. */
export interface RoleCommands {
  readonly requester: RequesterCommand;
  readonly responder: ResponderCommand;
  readonly observer: ObserverCommand;
  readonly comparison: ComparisonCommand;
  readonly room: RoomCommand;
}

export interface StartCommand {
  readonly type: "start";
  readonly role: keyof RoleCommands;
  readonly peer: number;
  /** The connection's name, as the server's monitoring shows it. */
  readonly name: string;
  readonly server: ServerAddress;
  /** The way to the nats-server in this browser, where that is the server. */
  readonly dial: MessagePort | null;
  readonly seed: number;
}

/** Understood by every worker. `clock` is also the watchdog's question: a worker that never yields cannot answer. */
export type AnyCommand =
  | StartCommand
  | { readonly type: "clock"; readonly askedAt: number }
  /** How often to tell of events: some times a second, or seldom, because nobody looks. */
  | { readonly type: "report"; readonly seldom: boolean }
  /** Cancels what is in flight, closes the connection and answers `closed`. */
  | { readonly type: "close" }
  /** Ends the worker at the end of this very task, as a crash would: only what it has recorded so far is posted, then `crashed`. */
  | { readonly type: "crash" };

export type ResponderCommand =
  | AnyCommand
  /** Subscribe, or change a running responder; a new subject or queue group subscribes anew before the old one ends. */
  | { readonly type: "serve"; readonly setup: ResponderSetup }
  /** The way to the sandbox in which code runs that a person wrote; the port is transferred. Before the first `serve` that needs it. */
  | { readonly type: "sandbox"; readonly number: number; readonly port: MessagePort }
  | { readonly type: "freeze" }
  | { readonly type: "thaw" }
  /** Unsubscribe, finish every request held, then close; answers `closed`. */
  | { readonly type: "drain" };

export type RequesterCommand =
  | AnyCommand
  /** `count` calls at once. `first` numbers the first one for `{{n}}`. */
  | {
      readonly type: "send";
      readonly setup: RequesterSetup;
      readonly count: number;
      readonly first: number;
      /** Asks the server to tell what it did with them. */
      readonly traced: boolean;
    }
  | {
      readonly type: "startLoad";
      /** Tells this load's progress from that of others. */
      readonly run: number;
      readonly setup: RequesterSetup;
      readonly plan: LoadPlan;
      readonly first: number;
    }
  | { readonly type: "stopLoad" }
  /** Gives up every call in flight: outcome cancelled. */
  | { readonly type: "cancel" };

/** The observer has no role in the traffic: it tells the state of the server and measures the round trip to it. */
export type ObserverCommand = AnyCommand;

/** A room's own messages. */
export type RoomCommand =
  | AnyCommand
  | { readonly type: "say"; readonly subject: string; readonly text: string }
  | { readonly type: "hear"; readonly subject: string };

/** Compares ways to ask the same handler, in one worker, so that all are timed by one clock. */
export type ComparisonCommand =
  | AnyCommand
  | { readonly type: "compare"; readonly plan: ComparisonPlan }
  /** Ends after the request that is in flight. */
  | { readonly type: "stopComparing" };

export type WorkerEvent =
  | { readonly type: "compared"; readonly progress: ComparisonProgress }
  /** Every event before `workerAt` was posted before it. */
  | { readonly type: "clock"; readonly askedAt: number; readonly workerAt: number }
  | { readonly type: "events"; readonly batch: EventBatch }
  | { readonly type: "connection"; readonly state: PeerConnection }
  /** `samples`: what ended since the last time, null for nothing. */
  | { readonly type: "load"; readonly progress: LoadProgress; readonly samples: CallSamples | null }
  /** The code of this responder was loaded: null, or what is wrong with it or went wrong in it. */
  | { readonly type: "handler"; readonly problem: HandlerProblem | null }
  | { readonly type: "handlerEnded"; readonly why: SandboxEnd }
  /** The sandbox of that number has no more to do. */
  | { readonly type: "sandboxDone"; readonly number: number }
  /** A message of the room came on a subject. */
  | { readonly type: "room"; readonly subject: string; readonly text: string }
  | { readonly type: "closed" }
  | { readonly type: "crashed" };

/** Why a person's code runs no more: it does not come to its event loop, or sends what no runtime would. */
export type SandboxEnd = "hangs" | "flooded";

export interface LoadProgress extends RunProgress {
  /** As it was given to `startLoad`. */
  readonly run: number;
}
