import type { NatsConnection } from "nats.ws";
import { onTheWire } from "../../domain/messages/sharedServer.ts";
import { checkQueueGroup, checkSubscriptionSubject } from "../../domain/messages/subjects.ts";
import type { Reason } from "../../domain/events/reasons.ts";
import type { Connection } from "../connection/connect.ts";
import { refusalOf } from "../requests/exchangeFailure.ts";
import { messageOf, type Message } from "../connection/message.ts";
import type { Subscribed } from "../connection/pubSub.ts";

export interface Serving {
  /** Subscribes, or subscribes anew when the subject or the queue group is another one. */
  subscribe(subject: string, queue: string | null): void;
  /** Unsubscribes; resolves when nothing more can be delivered. */
  stop(): Promise<void>;
  /** Resolves when everything published has reached the server, or when it no longer can. */
  flush(): Promise<void>;
}

interface Wanted {
  readonly subject: string;
  readonly queue: string | null;
}

/**
 * Keeps one subscription in being, over reconnects and changes. `onServing` is told null once the server has it, or why it
 * has not.
 */
export function createServing(
  connection: Connection,
  onMessage: (message: Message) => void,
  onServing: (trouble: Reason | null) => void,
): Serving {
  let wanted: Wanted | null = null;
  let current: {
    readonly subscription: Subscribed;
    readonly nats: NatsConnection;
    readonly as: Wanted;
  } | null = null;

  connection.listen({
    up(nats) {
      if (current !== null && current.nats !== nats) current = null;
      // nats.ws subscribes again by itself after a reconnect.
      if (current === null) update();
      else void confirm(nats);
    },
  });

  function update(): void {
    const nats = connection.live;
    if (nats === null || wanted === null) return;
    const as = wanted;
    if (current !== null && current.as.subject === as.subject && current.as.queue === as.queue) {
      // Perhaps back from a subject that could not be served.
      return void confirm(nats);
    }
    const { subject, queue } = as;
    if (checkSubscriptionSubject(subject) !== null) return onServing({ kind: "badSubscription", subject });
    if (queue !== null && checkQueueGroup(queue) !== null) return onServing({ kind: "badQueue", queue });
    const before = current;
    const subscription = connection.subscribe(
      onTheWire(subject, connection.prefix),
      queue,
      (frame) => onMessage(messageOf(frame)),
      (error) => {
        if (current?.subscription === subscription) current = null;
        onServing(refusalOf(error));
      },
    );
    current = { subscription, nats, as };
    // The new one first: between the two a request would find nobody.
    void before?.subscription.end();
    void confirm(nats);
  }

  /** What was published before a PING has been dealt with when its PONG comes. */
  async function confirm(nats: NatsConnection): Promise<void> {
    const asked = current;
    try {
      await nats.flush();
      if (current === asked && asked !== null) onServing(null);
    } catch {
      // The connection went down first: `up` will confirm again.
    }
  }

  return {
    subscribe(subject, queue) {
      wanted = { subject, queue };
      update();
    },
    async stop() {
      wanted = null;
      const before = current;
      current = null;
      await before?.subscription.end();
    },
    async flush() {
      try {
        await connection.live?.flush();
      } catch {
        // The connection went down: nothing can leave any more.
      }
    },
  };
}
