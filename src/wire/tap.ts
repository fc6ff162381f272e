import type { EventSink } from "../domain/batch.ts";
import { findIgnoringCase } from "../domain/findBytes.ts";
import { parseHeadersBlock } from "../domain/headersBlock.ts";
import { TRACE_DESTINATION } from "../domain/traceHeader.ts";
import { isErrorReply } from "../domain/errorReply.ts";
import { type ExchangeKey, FLAG, KIND } from "../domain/events.ts";
import { replyKey } from "../domain/replyKey.ts";
import { decodeText, encodeText } from "./text.ts";
import { createDecoder, type DecodeError, type Decoder } from "../protocol/decoder.ts";
import type { Frame } from "../protocol/frame.ts";
import { maskedConnect } from "./maskedConnect.ts";
import type { ReplyMemory } from "./replyMemory.ts";

export interface TapOptions {
  readonly sink: EventSink;
  /** The first word of the page's subjects, on a server shared with strangers. */
  readonly prefix?: string | undefined;
  /** Outlives the socket: a request that came in before a reconnect may be answered after it. */
  readonly memory: ReplyMemory;
  /** From a PING that went out to the PONG that came for it. */
  readonly onRoundTrip: (ms: number) => void;
  /** The text of an -ERR. */
  readonly onServerError: (text: string) => void;
}

/** Reads along on one socket. Never throws: what it cannot read it says once, and then leaves the bytes alone. */
export interface Tap {
  /** Bytes that arrived, and when (epoch ms). */
  incoming(bytes: Uint8Array, at: number): void;
  /** Bytes that were handed to the socket, and when (epoch ms). */
  outgoing(bytes: Uint8Array, at: number): void;
}

const TRACE_HEADER = encodeText(TRACE_DESTINATION.toLowerCase());
/** So many requests are traced at once; reports come within a moment. */
const MOST_TRACES = 256;

/** Turns the bytes of one connection into events, by the table in domain/events.ts. */
export function createTap({ sink, prefix, memory, onRoundTrip, onServerError }: TapOptions): Tap {
  let now = 0;
  const prefixed = prefix === undefined ? null : encodeText(`${prefix}.`);
  const prefixFlag = (subject: Uint8Array): number =>
    prefixed !== null && startsWith(subject, prefixed) ? FLAG.prefixed : 0;
  /** Subscriptions of this client's own inboxes: what comes on them are replies. */
  const inboxSids = new Set<number>();
  const pingsOut: number[] = [];
  /** Where the server is to report on a request, by the hash of that subject: the request's exchange. */
  const traces = new Map<number, ExchangeKey>();

  function onIncoming(frame: Frame): void {
    switch (frame.verb) {
      case "MSG":
      case "HMSG":
        return onMessage(frame);
      case "INFO":
        return sink.record(KIND.info, now, 0, 0, 0, 0, payloadSize(frame), { payload: frame.payload });
      case "-ERR":
        sink.record(KIND.err, now, 0, 0, 0, 0, payloadSize(frame), { payload: frame.payload });
        return onServerError(decodeText(frame.payload));
      case "PING":
        return sink.record(KIND.ping, now, 0, 0, 0, 0, 0);
      case "PONG": {
        sink.record(KIND.pong, now, 0, 0, 0, 0, 0);
        const sentAt = pingsOut.shift();
        if (sentAt !== undefined) onRoundTrip(now - sentAt);
        return;
      }
      case "+OK":
        return sink.record(KIND.ok, now, 0, 0, 0, 0, 0);
      default: // A server sends nothing else; a decoder reads both directions.
    }
  }

  function onMessage(frame: Frame): void {
    const { subject, reply, headers, payload, sid, status } = frame;
    if (inboxSids.has(sid)) {
      const flags = isErrorReply(headers, payload) ? FLAG.error : 0;
      sink.record(KIND.arrived, now, replyKey(subject), sid, status, flags, payload.length, {
        subject,
        headers,
        payload,
      });
    } else if (reply.length > 0) {
      const key = replyKey(reply);
      memory.add(key);
      const texts = { subject, reply, headers, payload };
      sink.record(KIND.delivered, now, key, 0, sid, prefixFlag(subject), payload.length, texts);
    } else {
      const traced = traces.size === 0 ? 0 : (traces.get(replyKey(subject)) ?? 0);
      const texts = { subject, headers, payload };
      sink.record(KIND.message, now, traced, 0, sid, prefixFlag(subject), payload.length, texts);
    }
  }

  function onOutgoing(frame: Frame): void {
    switch (frame.verb) {
      case "PUB":
      case "HPUB":
        return onPublish(frame);
      case "SUB":
        if (isOwnInbox(frame.subject)) inboxSids.add(frame.sid);
        return onSubscribe(frame);
      case "UNSUB":
        if (frame.max === 0) inboxSids.delete(frame.sid);
        return sink.record(KIND.unsubscribed, now, 0, frame.max, frame.sid, FLAG.outgoing, 0);
      case "CONNECT": {
        const payload = maskedConnect(frame.payload);
        return sink.record(KIND.connect, now, 0, 0, 0, FLAG.outgoing, payload.length, { payload });
      }
      case "PING":
        pingsOut.push(now);
        return sink.record(KIND.ping, now, 0, 0, 0, FLAG.outgoing, 0);
      case "PONG":
        return sink.record(KIND.pong, now, 0, 0, 0, FLAG.outgoing, 0);
      default: // A client sends nothing else.
    }
  }

  function noteTrace(headers: Uint8Array, key: ExchangeKey): void {
    const at = findIgnoringCase(headers, TRACE_HEADER);
    if (!at) return;
    const block = parseHeadersBlock(headers);
    const destination = block?.headers.find(({ name }) => name === TRACE_DESTINATION)?.value;
    if (destination === undefined) return;
    if (traces.size >= MOST_TRACES) traces.clear();
    traces.set(replyKey(encodeText(destination)), key);
  }

  function onSubscribe({ subject, reply, sid }: Frame): void {
    const flags = FLAG.outgoing | prefixFlag(subject);
    sink.record(KIND.subscribed, now, 0, 0, sid, flags, 0, { subject, reply });
  }

  function onPublish(frame: Frame): void {
    const { subject, reply, headers, payload } = frame;
    const size = payload.length;
    const out = FLAG.outgoing | prefixFlag(subject);
    if (reply.length > 0) {
      const key = replyKey(reply);
      if (headers.length > 0) noteTrace(headers, key);
      const texts = { subject, reply, headers, payload };
      return sink.record(KIND.sent, now, key, 0, 0, out, size, texts);
    }
    const key = replyKey(subject);
    const texts = { subject, headers, payload };
    if (!memory.has(key)) return sink.record(KIND.published, now, 0, 0, 0, out, size, texts);
    const flags = FLAG.outgoing | (isErrorReply(headers, payload) ? FLAG.error : 0);
    sink.record(KIND.answered, now, key, 0, 0, flags, size, texts);
  }

  /** Reads `bytes`, and says once what cannot be read. */
  function read(decoder: Decoder | null, bytes: Uint8Array, at: number, direction: string): Decoder | null {
    if (decoder === null) return null;
    now = at;
    const error = pushSafely(decoder, bytes);
    if (error === null) return decoder;
    const text = `What ${direction} the server can no longer be read, and is not recorded. ${error.message}`;
    sink.record(KIND.log, at, 0, 0, 0, 0, 0, { payload: encodeText(text) });
    return null;
  }

  let fromServer: Decoder | null = createDecoder(onIncoming);
  let toServer: Decoder | null = createDecoder(onOutgoing);
  return {
    incoming(bytes, at) {
      fromServer = read(fromServer, bytes, at, "comes from");
    },
    outgoing(bytes, at) {
      toServer = read(toServer, bytes, at, "goes to");
    },
  };
}

const payloadSize = (frame: Frame): number => frame.payloadEnd - frame.payloadStart;

/** A fault in the recording must not break the connection that is recorded. */
function pushSafely(decoder: Decoder, bytes: Uint8Array): Pick<DecodeError, "message"> | null {
  try {
    return decoder.push(bytes);
  } catch (thrown) {
    return { message: String(thrown) };
  }
}

function startsWith(bytes: Uint8Array, beginning: Uint8Array): boolean {
  if (bytes.length < beginning.length) return false;
  for (let at = 0; at < beginning.length; at++) if (bytes[at] !== beginning[at]) return false;
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
  if (length <= INBOX_PREFIX.length || !startsWith(subject, INBOX_PREFIX)) return false;
  const forAll =
    length > INBOX_PREFIX.length + 2 && subject[length - 2] === DOT && subject[length - 1] === STAR;
  const end = forAll ? length - 2 : length;
  for (let at = INBOX_PREFIX.length; at < end; at++) {
    const byte = subject[at];
    if (byte === DOT || byte === STAR || byte === GREATER) return false;
  }
  return true;
}
