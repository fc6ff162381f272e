import type { CallSamples } from "../../domain/load/callSamples.ts";
import type { EventBatch } from "../../domain/events/batch.ts";
import { IN_TAB } from "../../domain/server/inTabServer.ts";
import type { ComparisonProgress } from "../../domain/load/comparison.ts";
import type { Instant } from "../../domain/base/instant.ts";
import type { PeerId } from "../../domain/events/events.ts";
import type { HandlerProblem } from "../../domain/setup/handlerSource.ts";
import { createClockOffset } from "./clockOffset.ts";
import { inTabServer, inTabServerHasRun, onceInTabServerRuns } from "./inTabLink.ts";
import { createSemaphore } from "./semaphore.ts";
import type {
  AnyCommand,
  PeerConnection,
  LoadProgress,
  RoleCommands,
  SandboxEnd,
  ServerAddress,
  WorkerEvent,
} from "../messages.ts";
import { createWatchdog, WATCHDOG_LIMIT_MS, WATCHDOG_TICK_MS } from "../watchdog.ts";

export interface LinkOptions {
  readonly peer: PeerId;
  /** The connection's name, as the server's monitoring shows it. */
  readonly name: string;
  readonly server: ServerAddress;
  readonly seed: number;
  /** Events in the order in which the worker recorded them; add `offsetMs` to their times. */
  readonly onEvents: (batch: EventBatch, offsetMs: number) => void;
  /** Everything that it did up to an instant was passed on. */
  readonly onTold?: (upTo: Instant) => void;
  readonly onConnection: (state: PeerConnection) => void;
  /** The worker finished by itself after `close` or `drain`; it is gone. */
  readonly onClosed: () => void;
  /** The worker crashed or hung; it is gone. The message says what happened and what to do. */
  readonly onProblem: (message: string) => void;
}

export interface WorkerLink<Command> {
  post(command: Command, transfer?: Transferable[]): void;
  /** Whether the worker is to tell of events only now and then, because nobody looks. */
  report(seldom: boolean): void;
  /** Asks it to pass on what it has recorded: `onTold` follows. */
  ask(): void;
  /** Cancels what is in flight and closes the connection; `onClosed` follows. */
  close(): void;
  /**
   * Ends the worker as a crash would: it does nothing more, but what it did before is still passed on to `onEvents`, and nothing
   * else is called. Resolves when that is done and the worker is gone. `atOnce`: it is gone when this returns, and what it did last
   * may be lost.
   */
  kill(atOnce?: boolean): Promise<void>;
  /** Gives it up as crashed: `onProblem` is told the name and what `words` say after it. */
  fail(words: string): void;
}

interface Parts<Name> {
  readonly role: Name;
  /** Completes `… never yielded for 5 s` after the name: "'s handler". */
  readonly suspect: string;
  readonly advice: string;
  readonly onLoad?: (progress: LoadProgress, samples: CallSamples | null) => void;
  readonly onCompared?: (progress: ComparisonProgress) => void;
  readonly onRoom?: (subject: string, text: string) => void;
  readonly onHandler?: (problem: HandlerProblem | null) => void;
  readonly onHandlerEnd?: (why: SandboxEnd) => void;
  readonly onSandboxDone?: (number: number) => void;
  /** The worker is gone, or about to be, for whatever reason. */
  readonly onEnd?: () => void;
}

/** How long a worker that was told to crash may take to pass on what it recorded. */
const LAST_WORDS_MS = 100;

/** So many round trips are measured before the first events are passed on. */
const FIRST_SAMPLES = 5;

/**
 * Chromium holds a WebSocket back while others of the page are being opened: by some 0.05 s with ten of them, by up to
 * five seconds with sixteen. So no more connect at a time.
 */
const connecting = createSemaphore(8);

/** The page's end of a worker: starts it, keeps its clock comparable, watches that it lives. */
export function startWorkerLink<Name extends keyof RoleCommands>(
  options: LinkOptions,
  parts: Parts<Name>,
): WorkerLink<RoleCommands[Name]> {
  type Command = RoleCommands[Name] | AnyCommand;
  const { role, suspect, advice } = parts;
  const worker = new Worker(new URL("../peer/peer.worker.ts", import.meta.url), {
    type: "module",
    name: options.name,
  });
  const { peer, name, server, seed } = options;
  const clock = createClockOffset();
  const watchdog = createWatchdog();
  let early: EventBatch[] = [];
  /** Commands for a worker that may not connect yet; null once it may. */
  let held: [command: Command, transfer: Transferable[]][] | null = [];
  let over = false;
  /** Releases the permit to connect, or stops waiting for one. */
  let hasConnected = (): void => {};
  /** Set once the worker was told to crash: ends the wait for its last words. */
  let dying: (() => void) | null = null;

  const post = (command: Command, transfer: Transferable[] = []): void => {
    if (over) return;
    if (held) held.push([command, transfer]);
    else worker.postMessage(command, transfer);
  };
  const ask = (): void => {
    const question: AnyCommand = { type: "clock", askedAt: now() };
    if (!over) worker.postMessage(question);
  };
  const end = (): void => {
    over = true;
    hasConnected();
    clearInterval(timer);
    worker.terminate();
    parts.onEnd?.();
  };
  const fail = (message: string): void => {
    if (over || dying) return;
    end();
    options.onProblem(message);
  };

  const timer = setInterval(() => {
    const verdict = watchdog.tick(now());
    if (verdict === "ask") ask();
    if (verdict === "hangs") fail(`${name}${hangWords(suspect, advice)}`);
  }, WATCHDOG_TICK_MS);

  worker.onerror = (event) => {
    event.preventDefault();
    fail(
      event.message
        ? `${name}'s worker failed: ${event.message}. It was ended; start it again.`
        : `${name}'s worker could not be loaded. Check that the page's server still runs, then reload the page.`,
    );
  };
  worker.onmessageerror = () =>
    fail(`${name}'s worker sent something that cannot be read, so it was ended. Start it again.`);

  worker.onmessage = (message: MessageEvent<WorkerEvent>) => {
    if (over) return;
    const event = message.data;
    if (dying && event.type !== "events" && event.type !== "crashed") return;
    switch (event.type) {
      case "clock":
        clock.offer({ askedAt: event.askedAt, workerAt: event.workerAt, receivedAt: now() });
        watchdog.answered();
        // Its first answer comes before it is connected, when there is nothing to pass on.
        if (clock.samples === 1) options.onTold?.(event.workerAt);
        if (clock.samples < FIRST_SAMPLES) return ask();
        passOnEarly();
        options.onTold?.(event.workerAt + clock.offsetMs);
        return;
      case "events":
        if (clock.samples < FIRST_SAMPLES) early.push(event.batch);
        else options.onEvents(event.batch, clock.offsetMs);
        return;
      case "connection":
        if (event.state.kind !== "connecting") hasConnected();
        options.onConnection(event.state);
        return;
      case "load":
        parts.onLoad?.(event.progress, event.samples);
        return;
      case "compared":
        parts.onCompared?.(event.progress);
        return;
      case "room":
        parts.onRoom?.(event.subject, event.text);
        return;
      case "handler":
        parts.onHandler?.(event.problem);
        return;
      case "handlerEnded":
        parts.onHandlerEnd?.(event.why);
        return;
      case "sandboxDone":
        parts.onSandboxDone?.(event.number);
        return;
      case "closed":
        passOnEarly();
        end();
        options.onClosed();
        return;
      case "crashed":
        dying?.();
        return;
    }
  };

  function kill(atOnce = false): Promise<void> {
    if (!over && atOnce) {
      passOnEarly();
      end();
    }
    if (over || dying) return Promise.resolve();
    clearInterval(timer);
    parts.onEnd?.();
    return new Promise((resolve) => {
      const done = (): void => {
        if (over) return;
        clearTimeout(patience);
        passOnEarly();
        end();
        resolve();
      };
      // A worker that never yields cannot speak; it has to be ended over its head.
      const patience = setTimeout(done, LAST_WORDS_MS);
      dying = done;
      const crash: AnyCommand = { type: "crash" };
      worker.postMessage(crash);
    });
  }

  function passOnEarly(): void {
    const batches = early;
    early = [];
    for (const batch of batches) options.onEvents(batch, clock.offsetMs);
  }

  const connect = (): void => {
    hasConnected = connecting.acquire(() => {
      const dial = server.url === IN_TAB ? inTabServer().clientPort() : null;
      const start: AnyCommand = { type: "start", role, peer, name, server, dial, seed };
      worker.postMessage(start, dial ? [dial] : []);
      for (const [command, transfer] of held ?? []) worker.postMessage(command, transfer);
      held = null;
    });
  };
  // The server in this browser may have to be fetched first, which is no failure to connect.
  if (server.url !== IN_TAB) connect();
  else if (inTabServerHasRun()) connect();
  else hasConnected = onceInTabServerRuns(connect);
  watchdog.tick(now());
  ask();
  return {
    post,
    report: (seldom) => post({ type: "report", seldom }),
    ask,
    close: () => post({ type: "close" }),
    kill,
    fail: (words) => fail(name + words),
  };
}

/** What completes the name of a peer: "'s handler" never yielded. */
export const hangWords = (suspect: string, advice: string): string =>
  `${suspect} never yielded for ${WATCHDOG_LIMIT_MS / 1000} s, so its worker was ended. ${advice}`;

const now = (): number => performance.timeOrigin + performance.now();
