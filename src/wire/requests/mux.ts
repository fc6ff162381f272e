import { createInbox, type NatsError, type NatsConnection } from "nats.ws";
import type { Frame } from "../../protocol/frame.ts";
import type { Connection } from "../connection/connect.ts";
import { encodeText } from "../connection/text.ts";

/** A reply subject, and the number that tells it from the others of its mux. */
export interface ReplyTo {
  readonly number: number;
  readonly subject: Uint8Array;
}

export interface Mux {
  /** A reply subject for one request, on a subscription that all of this connection share. Only while it is live. */
  next(nats: NatsConnection): ReplyTo;
}

export interface MuxParts {
  readonly connection: Connection;
  /** Everything that comes on such a subject, known or not. */
  readonly onReply: (number: number, frame: Frame, isError: boolean) => void;
  /** The server does not let this client wait for replies at all. */
  readonly onDeaf: (thrown: NatsError) => void;
}

/**
 * What `nats.request` does for replies, without the two promises, the timer and the error that it makes for each request in case it
 * is cancelled: a third of what a request costs.
 */
export function createMux({ connection, onReply, onDeaf }: MuxParts): Mux {
  let subscribed: { readonly nats: NatsConnection; readonly inbox: Uint8Array } | null = null;
  let made = 0;

  /** The inbox with a dot after it. nats.ws subscribes again by itself after a reconnect. */
  function inboxOn(nats: NatsConnection): Uint8Array {
    if (subscribed?.nats === nats) return subscribed.inbox;
    const name = createInbox();
    const inbox = encodeText(`${name}.`);
    const before = made;
    const numberOf = (frame: Frame): number => numberIn(frame, inbox.length);
    connection.subscribe(
      `${name}.*`,
      null,
      Object.assign((frame: Frame, isError: boolean): void => onReply(numberOf(frame), frame, isError), {
        asked(frame: Frame): boolean {
          const number = numberOf(frame);
          return number > before && number <= made;
        },
      }),
      (error) => {
        subscribed = null;
        onDeaf(error);
      },
    );
    subscribed = { nats, inbox };
    return inbox;
  }

  return {
    next(nats) {
      const inbox = inboxOn(nats);
      const number = ++made;
      const digits = String(number);
      const subject = new Uint8Array(inbox.length + digits.length);
      subject.set(inbox);
      for (let index = 0; index < digits.length; index++)
        subject[inbox.length + index] = digits.charCodeAt(index);
      return { number, subject };
    },
  };
}

const ZERO = 0x30;

/** The number at the end of a subject; NaN where what stands there is none, or is written as `next` writes none. */
function numberIn({ bytes, subjectStart, subjectEnd }: Frame, from: number): number {
  let number = 0;
  if (bytes[subjectStart + from] === ZERO) return NaN;
  for (let index = subjectStart + from; index < subjectEnd; index++) {
    const digit = (bytes[index] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) return NaN;
    number = number * 10 + digit;
  }
  return number;
}
