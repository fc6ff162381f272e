import type { HandlerProblem } from "../../domain/setup/handlerSource.ts";
import type { FromRuntime, Payload, ThrownWords, ToRuntime } from "../../sandbox/messages.ts";
import {
  payloadOf,
  type HandlerContext,
  type HandlerFunction,
  type HandlerRequest,
} from "../../wire/replies/handlerContext.ts";
import type { SandboxEnd } from "../messages.ts";
import { createSandboxGuard } from "./sandboxGuard.ts";
import { createWatchdog, WATCHDOG_TICK_MS } from "../watchdog.ts";

export interface SandboxOptions {
  readonly port: MessagePort;
  readonly name: string;
  readonly seed: number;
  /** For what the code does outside of any request. */
  readonly loose: HandlerContext;
  readonly onLoaded: () => void;
  readonly onProblem: (problem: HandlerProblem) => void;
  /** Nothing more comes of it. */
  readonly onEnd: (why: SandboxEnd) => void;
}

/** The near end of the sandbox in which a person's code runs. */
export interface Sandbox {
  /** The handler with this source, which answers from now on. */
  load(source: string): HandlerFunction;
  /** Ends it when everything it was given is answered; what takes longer than `RETIRE_WITHIN_MS` fails then. */
  retire(onRetired: () => void): void;
}

interface Run {
  readonly context: HandlerContext;
  readonly resolve: (payload: Payload) => void;
  readonly reject: (problem: Error) => void;
}

/** A handler that was replaced may never answer, and would keep its worker for ever. */
const RETIRE_WITHIN_MS = 10_000;
/** How many problems are told a second: the first says what is wrong, and the last is still true. */
const PROBLEMS_EVERY_MS = 200;

export function createSandbox(options: SandboxOptions): Sandbox {
  const { port, name, seed, loose } = options;
  const watchdog = createWatchdog();
  const guard = createSandboxGuard(() => performance.now());
  const runs = new Map<number, Run>();
  let lastRun = 0;
  let loads = 0;
  let loaded: { readonly source: string; readonly handler: HandlerFunction } | null = null;
  let onIdle: (() => void) | null = null;
  let out: ToRuntime[] = [];
  let over = false;
  let nextProblemAt = 0;
  let laterProblem: ReturnType<typeof setTimeout> | undefined;

  /** A frame of the WebSocket brings many requests: they cross together. */
  function send(item: ToRuntime): void {
    if (out.length === 0) queueMicrotask(flush);
    out.push(item);
  }
  function flush(): void {
    const items = out;
    out = [];
    port.postMessage(items);
  }

  port.onmessage = ({ data }: MessageEvent<unknown>) => {
    for (const each of Array.isArray(data) ? (data as unknown[]) : [null]) {
      const item = guard.accept(each);
      if (item) take(item);
      if (guard.isFlooded) return endFor("flooded");
    }
  };

  function ping(): void {
    guard.pinged();
    send({ type: "ping" });
  }
  const timer = setInterval(() => {
    const verdict = watchdog.tick(performance.now());
    if (verdict === "ask") ping();
    if (verdict === "hangs") endFor("hangs");
  }, WATCHDOG_TICK_MS);
  watchdog.tick(performance.now());
  ping();

  function end(): void {
    over = true;
    clearInterval(timer);
    clearTimeout(laterProblem);
    port.close();
  }
  function endFor(why: SandboxEnd): void {
    if (over) return;
    end();
    options.onEnd(why);
  }

  function take(item: FromRuntime): void {
    switch (item.type) {
      case "pong":
        return watchdog.answered();
      case "loaded":
        if (item.load === loads) options.onLoaded();
        return;
      case "notLoaded":
        if (item.load === loads) tellProblem("loading", item);
        return;
      case "returned":
        return take1(item.id)?.resolve(item.payload);
      case "threw":
        tellProblem("request", item);
        return take1(item.id)?.reject(new Error(item.message));
      case "uncaught":
        loose.log(`Nobody caught: ${named(item)}`);
        return tellProblem("request", item);
      case "log":
        return contextOf(item.id).log(item.line);
      case "ask":
        return void ask(item);
    }
  }

  /** A run ends once, whatever comes up. */
  function take1(id: number): Run | undefined {
    const run = runs.get(id);
    runs.delete(id);
    if (runs.size === 0) queueMicrotask(() => runs.size === 0 && onIdle?.());
    return run;
  }

  const contextOf = (id: number): HandlerContext => runs.get(id)?.context ?? loose;

  async function ask(question: FromRuntime & { type: "ask" }): Promise<void> {
    const { id, ask, subject, payload, timeoutMs, headers } = question;
    try {
      const reply = await contextOf(id).ask(subject, payload, {
        headers,
        ...(timeoutMs !== null && { timeoutMs }),
      });
      send({ type: "answer", ask, reply: plain(reply) });
    } catch (thrown) {
      const outcome = thrown instanceof Error && "outcome" in thrown ? String(thrown.outcome) : "refused";
      const message = thrown instanceof Error ? thrown.message : String(thrown);
      send({ type: "noAnswer", ask, outcome, message });
    } finally {
      guard.answered();
    }
  }

  function tellProblem(during: HandlerProblem["during"], thrown: ThrownWords): void {
    const { line, column } = thrown;
    const problem: HandlerProblem = {
      during,
      message: named(thrown),
      line: line === 0 ? null : line,
      column: column === 0 ? null : column,
    };
    const load = loads;
    clearTimeout(laterProblem);
    const waitMs = nextProblemAt - performance.now();
    if (waitMs > 0) {
      laterProblem = setTimeout(() => {
        if (load === loads) options.onProblem(problem);
      }, waitMs);
      return;
    }
    nextProblemAt = performance.now() + PROBLEMS_EVERY_MS;
    options.onProblem(problem);
  }

  return {
    load(source) {
      if (loaded?.source === source) return loaded.handler;
      guard.loading(++loads);
      send({ type: "load", load: loads, source, name, seed });
      const handler: HandlerFunction = (request, context) =>
        new Promise((resolve, reject) => {
          const id = ++lastRun;
          guard.running(id);
          runs.set(id, { context, resolve, reject });
          send({ type: "run", id, ...plain(request) });
        });
      loaded = { source, handler };
      return handler;
    },
    retire(onRetired) {
      const late = setTimeout(() => {
        for (const { reject } of runs.values())
          reject(
            new Error(`The handler was replaced, and did not answer within ${RETIRE_WITHIN_MS / 1000} s.`),
          );
        runs.clear();
        onIdle?.();
      }, RETIRE_WITHIN_MS);
      onIdle = () => {
        onIdle = null;
        clearTimeout(late);
        end();
        onRetired();
      };
      if (runs.size === 0) onIdle();
    },
  };
}

const plain = (request: HandlerRequest) => {
  const { subject, headers } = request;
  return { subject, payload: payloadOf(request), headers: { ...headers } };
};

/** `TypeError: x is not a function`; a plain `Error` needs no name. */
const named = ({ name, message }: ThrownWords): string =>
  name === "" || name === "Error" || message.startsWith(`${name}:`) ? message : `${name}: ${message}`;
