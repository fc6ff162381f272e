import type { EventSink } from "../../domain/events/batch.ts";
import { findIgnoringCase } from "../../domain/base/bytes.ts";
import { parseHeadersBlock, TRACE_DESTINATION } from "../../domain/messages/headersBlock.ts";
import { isErrorMessage } from "../../domain/messages/errorReply.ts";
import { type ExchangeKey, FLAG, KIND, SERVER_ERRORS } from "../../domain/events/events.ts";
import { replyKey, replyKeyOf } from "../../domain/events/replyKey.ts";
import { decodeText, encodeText } from "./text.ts";
import { createDecoder, type DecodeError, type Decoder } from "../../protocol/decoder.ts";
import type { Frame } from "../../protocol/frame.ts";
import { parseServerError, type ServerError } from "../../protocol/serverError.ts";
import { maskedConnect } from "./maskedConnect.ts";
import { UnclaimedBytes } from "./unclaimedBytes.ts";
import type { ReplyMemory } from "./replyMemory.ts";

export interface TapOptions {
  readonly sink: EventSink;
  /** The first word of the page's subjects, on a server shared with strangers. */
  readonly prefix?: string | undefined;
  /** Outlives the socket: a request that came in before a reconnect may be answered after it. */
  readonly memory: ReplyMemory;
  /** From a PING that went out to the PONG that came for it. */
  readonly onRoundTrip: (ms: number) => void;
  readonly onServerError: (error: ServerError) => void;
  /** What the server sends can be read no more: why, in words, or null where it never was a nats-server. Nothing more is read. */
  readonly onBroken: (what: string | null) => void;
  /** Who takes the messages of a subscription, by its sid, as they are read here. nats.ws gets those of no other. */
  readonly subscribers: ReadonlyMap<number, Subscriber>;
}

/** Takes a message. It lies in a frame that is used again. `isError`: it is a reply that says so. */
export interface Subscriber {
  (frame: Frame, isError: boolean): void;
  /** Of an inbox that requests share: whether one of them was sent with the subject of this message as its reply subject. */
  readonly asked?: (frame: Frame) => boolean;
}

/** Reads along on one socket. Never throws: what it cannot read it says once, and then leaves the bytes alone. */
export interface Tap {
  /** Bytes that arrived, and when (epoch ms). Gives those of messages that nobody took; null for none. */
  incoming(bytes: Uint8Array, at: number): Uint8Array | null;
  /** Bytes that were handed to the socket, and when (epoch ms). Returns how many messages ended in them. */
  outgoing(bytes: Uint8Array, at: number): number;
}

const TRACE_HEADER = encodeText(TRACE_DESTINATION.toLowerCase());
/** So many requests are traced at once; reports come within a moment. */
const MOST_TRACES = 256;

/** Turns the bytes of one connection into events, by the table in domain/events.ts. */
export function createTap({
  sink,
  prefix,
  memory,
  onRoundTrip,
  onServerError,
  onBroken,
  subscribers,
}: TapOptions): Tap {
  /** When the bytes came, and when those went, that are being read. Who takes a message may send another at once. */
  let cameAt = 0;
  let wentAt = 0;
  const unclaimed = new UnclaimedBytes();
  let infoHeard = false;
  /** Why what the server sends is not read any more; null while it is. */
  let unreadable: string | null = null;
  const prefixed = prefix === undefined ? null : encodeText(`${prefix}.`);
  const prefixFlag = ({ bytes, subjectStart, subjectEnd }: Frame): number =>
    prefixed !== null && startsWith(bytes, subjectStart, subjectEnd, prefixed) ? FLAG.prefixed : 0;
  /** Subscriptions of this client's own inboxes: what comes on them are replies. */
  const inboxSids = new Set<number>();
  /** What each subscription but those of inboxes is to, and its queue group: an UNSUB names neither. */
  const subscribedTo = new Map<number, { subject: Uint8Array; reply: Uint8Array; flags: number }>();
  const pingsOut: number[] = [];
  /** Where the server is to report on a request, by the hash of that subject: the request's exchange. */
  const traces = new Map<number, ExchangeKey>();

  function onIncoming(frame: Frame): void {
    if (unreadable !== null) return;
    if (!infoHeard && frame.verb !== "INFO") {
      unreadable = "";
      return;
    }
    const subscriber = frame.verb === "MSG" || frame.verb === "HMSG" ? subscribers.get(frame.sid) : undefined;
    unclaimed.tell(frame, subscriber !== undefined);
    switch (frame.verb) {
      case "MSG":
      case "HMSG":
        return onMessage(frame, subscriber);
      case "INFO":
        sink.record(KIND.info, cameAt, 0, 0, 0, 0, payloadSize(frame), { payload: frame.payload });
        infoHeard = true;
        unreadable = wrongInInfo(frame.payload);
        return;
      case "-ERR":
        if (payloadSize(frame) === 0) unreadable = "It sent an -ERR that says nothing.";
        return onError(parseServerError(decodeText(frame.payload)), frame);
      case "PING":
        return sink.record(KIND.ping, cameAt, 0, 0, 0, 0, 0);
      case "PONG": {
        sink.record(KIND.pong, cameAt, 0, 0, 0, 0, 0);
        const sentAt = pingsOut.shift();
        if (sentAt !== undefined) onRoundTrip(cameAt - sentAt);
        return;
      }
      case "+OK":
        return sink.record(KIND.ok, cameAt, 0, 0, 0, 0, 0);
      default: // A decoder reads both directions.
        unreadable = `It sent ${frame.verb}, which only clients send.`;
    }
  }

  function onError(error: ServerError, frame: Frame): void {
    const code = SERVER_ERRORS.indexOf(error.kind === "notPermitted" ? error.operation : error.kind);
    const denied = error.kind === "notPermitted" ? error : null;
    // A reply that was refused: its exchange is known by where the reply went.
    const key = denied?.operation === "publish" ? replyKeyOf(denied.subject) : 0;
    sink.record(KIND.err, cameAt, key, 0, code, 0, payloadSize(frame), {
      ...(denied && { subject: encodeText(denied.subject), reply: encodeText(denied.queue ?? "") }),
      payload: frame.payload,
    });
    onServerError(error);
  }

  function onMessage(frame: Frame, subscriber: Subscriber | undefined): void {
    const isError = recordIncoming(frame, subscriber);
    if (!subscriber) return;
    try {
      subscriber(frame, isError);
    } catch (thrown) {
      // Reading goes on; the error shows where errors do.
      queueMicrotask(() => {
        throw thrown;
      });
    }
  }

  /** Gives whether it is a reply that says that it is an error. */
  function recordIncoming(frame: Frame, subscriber: Subscriber | undefined): boolean {
    const { sid, status } = frame;
    if (inboxSids.has(sid)) {
      const isError = isErrorMessage(frame);
      const flags = isError ? FLAG.error : 0;
      // A subject that no request had is part of no exchange, however much it looks like one that is long over.
      const key = subscriber?.asked?.(frame) === false ? 0 : subjectKey(frame);
      sink.recordMessage(KIND.arrived, cameAt, key, sid, status, flags, frame);
      return isError;
    }
    if (frame.replyLength > 0) {
      const key = answerKey(frame);
      memory.add(key);
      sink.recordMessage(KIND.delivered, cameAt, key, 0, sid, prefixFlag(frame), frame);
    } else {
      const traced = traces.size === 0 ? 0 : (traces.get(subjectKey(frame)) ?? 0);
      sink.recordMessage(KIND.message, cameAt, traced, 0, sid, prefixFlag(frame), frame);
    }
    return false;
  }

  let left = 0;

  function onOutgoing(frame: Frame): void {
    left++;
    switch (frame.verb) {
      case "PUB":
      case "HPUB":
        return onPublish(frame);
      case "SUB":
        if (isOwnInbox(frame.subject)) inboxSids.add(frame.sid);
        return onSubscribe(frame);
      case "UNSUB":
        return onUnsubscribe(frame);
      case "CONNECT": {
        const payload = maskedConnect(frame.payload);
        return sink.record(KIND.connect, wentAt, 0, 0, 0, FLAG.outgoing, payload.length, { payload });
      }
      case "PING":
        pingsOut.push(wentAt);
        return sink.record(KIND.ping, wentAt, 0, 0, 0, FLAG.outgoing, 0);
      case "PONG":
        return sink.record(KIND.pong, wentAt, 0, 0, 0, FLAG.outgoing, 0);
      default: // A client sends nothing else.
    }
  }

  function noteTrace(headers: Uint8Array, key: ExchangeKey): void {
    const offset = findIgnoringCase(headers, TRACE_HEADER);
    if (!offset) return;
    const block = parseHeadersBlock(headers);
    const destination = block?.headers.find(({ name }) => name === TRACE_DESTINATION)?.value;
    if (destination === undefined) return;
    if (traces.size >= MOST_TRACES) traces.clear();
    traces.set(replyKey(encodeText(destination)), key);
  }

  function onSubscribe(frame: Frame): void {
    const flags = FLAG.outgoing | prefixFlag(frame);
    sink.recordMessage(KIND.subscribed, wentAt, 0, 0, frame.sid, flags, frame);
    if (inboxSids.has(frame.sid)) return;
    const { bytes, subjectStart, subjectEnd, replyStart, replyEnd } = frame;
    const [subject, reply] = [bytes.slice(subjectStart, subjectEnd), bytes.slice(replyStart, replyEnd)];
    subscribedTo.set(frame.sid, { subject, reply, flags });
  }

  function onUnsubscribe({ sid, max }: Frame): void {
    const from = max === 0 ? subscribedTo.get(sid) : undefined;
    if (max === 0) {
      inboxSids.delete(sid);
      subscribedTo.delete(sid);
    }
    sink.record(KIND.unsubscribed, wentAt, 0, max, sid, from?.flags ?? FLAG.outgoing, 0, from);
  }

  function onPublish(frame: Frame): void {
    const out = FLAG.outgoing | prefixFlag(frame);
    if (frame.replyLength > 0) {
      const key = answerKey(frame);
      if (frame.headersEnd > frame.headersStart) noteTrace(frame.headers, key);
      return sink.recordMessage(KIND.sent, wentAt, key, 0, 0, out, frame);
    }
    const key = subjectKey(frame);
    if (!memory.take(key)) return sink.recordMessage(KIND.published, wentAt, 0, 0, 0, out, frame);
    const flags = FLAG.outgoing | (isErrorMessage(frame) ? FLAG.error : 0);
    sink.recordMessage(KIND.answered, wentAt, key, 0, 0, flags, frame);
  }

  /** Reads what goes out, and says once what cannot be read. */
  function readOutgoing(decoder: Decoder | null, bytes: Uint8Array, at: number): Decoder | null {
    if (decoder === null) return null;
    const error = pushSafely(decoder, bytes);
    if (error === null) return decoder;
    const text = `What goes to the server can no longer be read, and is not recorded. ${error.message}`;
    sink.record(KIND.log, at, 0, 0, 0, 0, 0, { payload: encodeText(text) });
    return null;
  }

  /** Null once the server has sent what cannot be read. */
  let fromServer: Decoder | null = createDecoder(onIncoming);
  let toServer: Decoder | null = createDecoder(onOutgoing);
  return {
    incoming(bytes, at) {
      if (fromServer === null) return null;
      cameAt = at;
      unclaimed.begin(bytes, fromServer.held);
      const error = pushSafely(fromServer, bytes);
      unreadable ??= error?.message ?? null;
      if (unreadable === null) return unclaimed.end(fromServer.held);
      fromServer = null;
      onBroken(infoHeard ? unreadable : null);
      return null;
    },
    outgoing(bytes, at) {
      left = 0;
      wentAt = at;
      toServer = readOutgoing(toServer, bytes, at);
      return left;
    },
  };
}

/** The key of the exchange that a message to this subject belongs to. */
const subjectKey = ({ bytes, subjectStart, subjectEnd }: Frame): ExchangeKey =>
  replyKey(bytes, subjectStart, subjectEnd);

/** The key of the exchange whose answers go to this message's reply subject. */
const answerKey = ({ bytes, replyStart, replyEnd }: Frame): ExchangeKey =>
  replyKey(bytes, replyStart, replyEnd);

const payloadSize = (frame: Frame): number => frame.payloadEnd - frame.payloadStart;

/** What nats.ws could not read in an INFO, in words; null for nothing. */
function wrongInInfo(bytes: Uint8Array): string | null {
  try {
    const info: unknown = JSON.parse(decodeText(bytes));
    if (typeof info !== "object" || info === null) return "Its INFO is no JSON object.";
    const version = "version" in info ? info.version : undefined;
    return typeof version === "string" && /^\d+\.\d+\.\d+/.test(version)
      ? null
      : "Its INFO names no version.";
  } catch {
    return "Its INFO is no JSON.";
  }
}

/** A fault in the recording must not break the connection that is recorded. */
function pushSafely(decoder: Decoder, bytes: Uint8Array): Pick<DecodeError, "message"> | null {
  try {
    return decoder.push(bytes);
  } catch (thrown) {
    return { message: String(thrown) };
  }
}

function startsWith(bytes: Uint8Array, start: number, end: number, beginning: Uint8Array): boolean {
  if (end - start < beginning.length) return false;
  for (let index = 0; index < beginning.length; index++)
    if (bytes[start + index] !== beginning[index]) return false;
  return true;
}

const INBOX_PREFIX = encodeText("_INBOX.");
const DOT = 0x2e;
const STAR = 0x2a;

const GREATER = 0x3e;

/**
 * A subscription that nats.ws makes for replies: `_INBOX.<id>.*`, one for all, or `_INBOX.<id>`, one for one request. A responder
 * on `_INBOX.>` or `_INBOX.*` is none.
 */
function isOwnInbox(subject: Uint8Array): boolean {
  const { length } = subject;
  if (length <= INBOX_PREFIX.length || !startsWith(subject, 0, length, INBOX_PREFIX)) return false;
  const forAll =
    length > INBOX_PREFIX.length + 2 && subject[length - 2] === DOT && subject[length - 1] === STAR;
  const end = forAll ? length - 2 : length;
  for (let index = INBOX_PREFIX.length; index < end; index++) {
    const byte = subject[index];
    if (byte === DOT || byte === STAR || byte === GREATER) return false;
  }
  return true;
}
