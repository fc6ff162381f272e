import { ErrorCode, NatsError, type NatsConnection } from "nats.ws";
import type { Subscriber } from "./tap.ts";
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
  /** Unsubscribes, and takes nothing more. */
  stop(): void;
}

/** What there is at the moment; null while nothing can be published. */
export interface PubSubParts {
  readonly live: NatsConnection | null;
  readonly socket: TappedSocket | null;
}

/**
 * The messages of a connection, which go past nats.ws both ways: its own ways cost several times as much. It keeps the subscriptions,
 * subscribes again after a reconnect, is told of errors, and drains.
 */
export class PubSub {
  readonly #parts: PubSubParts;
  #subscribers = new Map<number, Subscriber>();
  /** A subscription was made in this turn: nats.ws writes it at the turn's end, and what is published must come after. */
  #subscribing = false;

  constructor(parts: PubSubParts) {
    this.#parts = parts;
  }

  /** Who takes the messages of a subscription, by its sid. */
  get subscribers(): ReadonlyMap<number, Subscriber> {
    return this.#subscribers;
  }

  /** Another `nats` numbers its subscriptions from the beginning. */
  startOver(): void {
    this.#subscribers = new Map();
  }

  /**
   * Subscribes on the wire's own subject, for so many messages where `most` is given. Throws what nats.ws throws, also while nothing
   * can be published. After `onError` it is over.
   */
  subscribe(
    subject: string,
    queue: string | null,
    subscriber: Subscriber,
    onError: (error: NatsError) => void,
    most?: number,
  ): Subscribed {
    const { live } = this.#parts;
    if (live === null) throw NatsError.errorForCode(ErrorCode.ConnectionClosed);
    const among = this.#subscribers;
    const subscription = live.subscribe(subject, {
      ...(queue !== null && { queue }),
      ...(most !== undefined && { max: most }),
      callback(error) {
        if (!error) return;
        among.delete(sid);
        onError(error);
      },
    });
    const sid = subscription.getID();
    among.set(sid, subscriber);
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
      stop() {
        among.delete(sid);
        if (!subscription.isClosed()) subscription.unsubscribe();
      },
    };
  }

  /** Throws what `publish` would throw for such a message. */
  checkPublish({ payload, headers }: Outgoing): TappedSocket {
    const { live, socket } = this.#parts;
    const info = live?.info;
    if (socket === null || !info) throw NatsError.errorForCode(ErrorCode.ConnectionClosed);
    if (payload.length + (headers?.length ?? 0) > info.max_payload)
      throw NatsError.errorForCode(ErrorCode.MaxPayloadExceeded);
    if (headers && !info.headers) throw new NatsError("headers", ErrorCode.ServerOptionNotAvailable);
    return socket;
  }

  /** `subject` is the wire's own. Throws a NatsError where the message is too large, has headers that the server does not know, or nothing can be published. */
  publish(subject: Uint8Array, message: Outgoing): void {
    const socket = this.checkPublish(message);
    const { payload, reply, headers } = message;
    if (!this.#subscribing) socket.publish(subject, reply, headers, payload);
    else queueMicrotask(() => socket.publish(subject, reply, headers, payload));
  }
}
