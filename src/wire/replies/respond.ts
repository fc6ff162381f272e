import { encodeReason, type Reason } from "../../domain/events/reasons.ts";
import { describeReason } from "../../domain/narration/describeReason.ts";
import type { EventSink } from "../../domain/events/batch.ts";
import { sampleDelayMs } from "../../domain/setup/delays.ts";
import { type ExchangeKey, HANDLER_RESULTS, type HandlerResult, KIND } from "../../domain/events/events.ts";
import { deriveSeed, seededRandom } from "../../domain/base/random.ts";
import { replyKey } from "../../domain/events/replyKey.ts";
import type { HandlerRef, ResponderSetup } from "../../domain/setup/setup.ts";
import { encodeText } from "../connection/text.ts";
import type { Connection } from "../connection/connect.ts";
import { MOST_HELD } from "../connection/replyMemory.ts";
import type { Exchanges } from "../requests/exchanges.ts";
import { Fifo } from "./fifo.ts";
import {
  contextOf,
  type ContextParts,
  type HandlerContext,
  type HandlerFunction,
  requestOf,
} from "./handlerContext.ts";
import { createLogLimit } from "./logLimit.ts";
import type { Message } from "../connection/message.ts";
import { errorReplyOf, errorWords, NO_REPLY, type Reply, replyOf } from "./reply.ts";
import { createServing } from "./serving.ts";

export interface ResponderOptions {
  readonly name: string;
  readonly seed: number;
  readonly connection: Connection;
  readonly exchanges: Exchanges;
  readonly sink: EventSink;
  readonly clock: () => number;
  /** `loose` is for what a handler does outside of any request. The same reference gives the same handler. */
  readonly findHandler: (handler: HandlerRef, loose: HandlerContext) => HandlerFunction | undefined;
  /** `trouble` says why it is not subscribed, null when it is. */
  readonly onServing: (trouble: Reason | null) => void;
}

export interface Responder {
  /** Applies to requests handled from now on; a new subject or queue group subscribes anew. */
  serve(setup: ResponderSetup): void;
  /** Stays subscribed; what is delivered waits, and what is being handled is not answered, until `thaw`. */
  freeze(): void;
  thaw(): void;
  /** Unsubscribes and resolves when every request that was delivered is answered and the answers have left. */
  drain(): Promise<void>;
  /** Gives up what it holds. */
  abort(reason: Reason): void;
}

/** One request in hand. */
interface Held {
  readonly message: Message;
  readonly key: ExchangeKey;
  over: boolean;
}

/** A responder that stands still, or whose handlers take long, must not fill the memory. */
const MOST_HELD_BYTES = 64 * 1024 * 1024;

/** Of a message, in bytes, as nearly as it has to be known. */
const sizeOf = ({ text, bytes, headers }: Message): number => (bytes?.length ?? text.length) + headers.length;

export function createResponder(options: ResponderOptions): Responder {
  const { name, seed, connection, exchanges, sink, clock, findHandler } = options;
  // Streams of their own, so that editing one thing does not change what the others draw.
  const delays = seededRandom(deriveSeed(seed, "delay"));
  const faults = seededRandom(deriveSeed(seed, "faults"));
  const parts: ContextParts = {
    name,
    state: {},
    exchanges,
    writeLog: createLogLimit(
      (line, exchange) => sink.record(KIND.log, clock(), exchange, 0, 0, 0, 0, { payload: encodeText(line) }),
      clock,
    ),
    random: seededRandom(deriveSeed(seed, "handler")),
  };
  const loose = contextOf(0, parts);
  const serving = createServing(connection, onMessage, options.onServing);
  const waiting = new Fifo<Held>();
  const running = new Set<Held>();
  let setup: ResponderSetup | null = null;
  /** What waits and what is being handled, as it came in. */
  let heldBytes = 0;
  let pumping = false;
  let thawed: Promise<void> | null = null;
  let onThaw = (): void => {};
  let onIdle = (): void => {};

  function onMessage(message: Message): void {
    const key = message.reply === null ? 0 : replyKey(message.reply);
    const held: Held = { message, key, over: false };
    if (waiting.length + running.size >= MOST_HELD)
      return recordHandled(held, "dropped", { kind: "full", most: MOST_HELD });
    heldBytes += sizeOf(message);
    if (heldBytes > MOST_HELD_BYTES && heldBytes > sizeOf(message)) {
      heldBytes -= sizeOf(message);
      return recordHandled(held, "dropped", { kind: "fullBytes", most: MOST_HELD_BYTES });
    }
    waiting.push(held);
    pump();
  }

  /** Starts what may be started. Handlers that end at once come back here: the flag keeps that from nesting. */
  function pump(): void {
    if (pumping) return;
    pumping = true;
    while (setup !== null && thawed === null && (setup.handling === "concurrent" || running.size === 0)) {
      const held = waiting.shift();
      if (held === undefined) break;
      void handle(held, setup);
    }
    pumping = false;
    if (waiting.length === 0 && running.size === 0) onIdle();
  }

  async function handle(held: Held, by: ResponderSetup): Promise<void> {
    running.add(held);
    if (held.key !== 0) sink.record(KIND.handling, clock(), held.key, 0, running.size, 0, 0);
    const delayMs = sampleDelayMs(by.delay, delays);
    // Always both, so that one share does not change what the other draws.
    const drop = faults() < by.dropShare;
    const fail = faults() < by.errorShare;
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
    const reply = drop ? NO_REPLY : fail ? sharedError(by) : await run(held, by);
    while (thawed !== null) await thawed;
    if (!held.over) answer(held, reply);
    running.delete(held);
    heldBytes -= sizeOf(held.message);
    pump();
  }

  async function run({ message, key }: Held, by: ResponderSetup): Promise<Reply> {
    // The handler of now: of two changes that fell into its delay, the first is over.
    const { handler: ref } = setup ?? by;
    const handler = findHandler(ref, loose);
    if (handler === undefined) return errorReplyOf("threw", { kind: "noHandler", name: nameOf(ref) });
    try {
      const value = handler(requestOf(message, connection.prefix), contextOf(key, parts));
      return replyOf(await value);
    } catch (thrown) {
      return errorReplyOf("threw", { kind: "threw", message: errorWords(thrown) });
    }
  }

  function answer(held: Held, reply: Reply): void {
    if (reply.result === "dropped") return recordHandled(held, "dropped", null);
    const to = held.message.reply;
    if (to === null) {
      if (reply.error !== null) logError(reply.error);
      return;
    }
    const nats = connection.live;
    if (nats === null) return recordHandled(held, "aborted", { kind: "replyLost" });
    const sendable = withinLimit(reply, nats.info?.max_payload ?? Infinity);
    try {
      connection.publish(to, sendable);
      recordHandled(held, sendable.result, sendable.error);
    } catch (thrown) {
      recordHandled(held, "aborted", { kind: "replyUnsendable", message: errorWords(thrown) });
    }
  }

  function recordHandled(held: Held, result: HandlerResult, error: Reason | null): void {
    held.over = true;
    if (held.key === 0) return;
    if (result === "dropped" || result === "aborted") connection.forget(held.key);
    const texts = error === null ? undefined : { payload: encodeText(encodeReason(error)) };
    sink.record(KIND.handled, clock(), held.key, 0, HANDLER_RESULTS.indexOf(result), 0, 0, texts);
  }

  function logError(error: Reason): void {
    const payload = encodeText(`The handler failed: ${describeReason(error)}`);
    sink.record(KIND.log, clock(), 0, 0, 0, 0, 0, { payload });
  }

  function thaw(): void {
    thawed = null;
    onThaw();
    pump();
  }

  return {
    serve(next) {
      setup = next;
      findHandler(next.handler, loose); // Before the first request, so that what it has to load is loaded by then.
      serving.subscribe(next.subject, next.queue);
      pump();
    },
    freeze() {
      thawed ??= new Promise((resolve) => (onThaw = resolve));
    },
    thaw,
    async drain() {
      await serving.stop();
      thaw();
      if (waiting.length > 0 || running.size > 0) await new Promise<void>((resolve) => (onIdle = resolve));
      await serving.flush();
    },
    abort(reason) {
      for (const held of [...running, ...waiting.drain()])
        if (!held.over) recordHandled(held, "aborted", reason);
    },
  };
}

const nameOf = (handler: HandlerRef): string => (handler.kind === "builtin" ? handler.id : handler.title);

const sharedError = (by: ResponderSetup): Reply =>
  errorReplyOf("errorReply", { kind: "simulated", share: by.errorShare });

/** A reply over the limit would break the connection or vanish; its requester is told instead. */
function withinLimit(reply: Reply, mostBytes: number): Reply {
  const size = reply.payload.length + (reply.headers?.length ?? 0);
  if (size <= mostBytes) return reply;
  return errorReplyOf("threw", { kind: "replyTooLarge", size, most: mostBytes });
}
