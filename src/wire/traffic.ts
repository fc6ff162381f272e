import { ErrorCode, NatsError, type NatsConnection } from "nats.ws";
import type { Taker } from "./tap.ts";
import type { TappedSocket } from "./tappedSocket.ts";

/** A message to be published; what it has not is left out. */
export interface Outgoing {
  readonly payload: Uint8Array;
  readonly reply?: Uint8Array | undefined;
  /** A whole header block. */
  readonly headers?: Uint8Array | undefined;
}

export interface Subscribed {
  /** Unsubscribes. What was delivered already is taken; resolves when nothing more can be. Never rejects. */
  end(): Promise<void>;
}

/** What there is at the moment; null while nothing can be published. */
export interface TrafficParts {
  readonly live: NatsConnection | null;
  readonly socket: TappedSocket | null;
}

/**
 * The messages of a connection, which go past nats.ws both ways: its own ways cost several times as much. It keeps the subscriptions,
 * subscribes again after a reconnect, is told of errors, and drains.
 */
export class Traffic {
  readonly #parts: TrafficParts;
  #takers = new Map<number, Taker>();
  /** A subscription was made in this turn: nats.ws writes it at the turn's end, and what is published must come after. */
  #subscribing = false;

  constructor(parts: TrafficParts) {
    this.#parts = parts;
  }

  /** Who takes the messages of a subscription, by its sid. */
  get takers(): ReadonlyMap<number, Taker> {
    return this.#takers;
  }

  /** Another `nats` numbers its subscriptions from the beginning. */
  startOver(): void {
    this.#takers = new Map();
  }

  /** Subscribes on the wire's own subject. Throws what nats.ws throws, also while nothing can be published. */
  subscribe(
    subject: string,
    queue: string | null,
    taker: Taker,
    onError: (error: NatsError) => void,
  ): Subscribed {
    const { live } = this.#parts;
    if (live === null) throw NatsError.errorForCode(ErrorCode.ConnectionClosed);
    const subscription = live.subscribe(subject, {
      ...(queue !== null && { queue }),
      callback: (error) => error && onError(error),
    });
    const [sid, among] = [subscription.getID(), this.#takers];
    among.set(sid, taker);
    this.#subscribing = true;
    queueMicrotask(() => (this.#subscribing = false));
    return {
      end: async () => {
        try {
          // Takes what was delivered before the server heard of it, which `unsubscribe` would throw away.
          if (this.#parts.live !== null) await subscription.drain();
          else subscription.unsubscribe();
        } catch {
          // Closed already.
        }
        among.delete(sid);
      },
    };
  }

  /** `subject` is the wire's own. Throws a NatsError where the message is too large, has headers that the server does not know, or nothing can be published. */
  publish(subject: Uint8Array, { payload, reply, headers }: Outgoing): void {
    const { live, socket } = this.#parts;
    const info = live?.info;
    if (socket === null || !info) throw NatsError.errorForCode(ErrorCode.ConnectionClosed);
    if (payload.length + (headers?.length ?? 0) > info.max_payload)
      throw NatsError.errorForCode(ErrorCode.MaxPayloadExceeded);
    if (headers && !info.headers) throw new NatsError("headers", ErrorCode.ServerOptionNotAvailable);
    if (!this.#subscribing) socket.publish(subject, reply, headers, payload);
    else queueMicrotask(() => socket.publish(subject, reply, headers, payload));
  }
}
