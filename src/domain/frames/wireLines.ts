import { holdsEvent, previousOf, type EventRing } from "../record/eventRing.ts";
import { EVENT_KINDS, FLAG, type EventKind, type PeerId } from "../events/events.ts";
import { bytesOf, payloadOf, textOf, wholeSubjectOf } from "../record/eventTexts.ts";
import type { Payload } from "../events/exchange.ts";
import type { TrafficRecord } from "../record/trafficRecord.ts";
import { holdsText } from "../record/textStore.ts";
import { decodeUtf8 } from "../base/utf8.ts";
import type { Instant } from "../base/instant.ts";

/** The verbs of the NATS client protocol as they stand at the beginning of a line. */
export const WIRE_VERBS = [
  "SUB",
  "UNSUB",
  "PUB",
  "HPUB",
  "MSG",
  "HMSG",
  "PING",
  "PONG",
  "INFO",
  "CONNECT",
  "+OK",
  "-ERR",
] as const;
export type WireVerb = (typeof WIRE_VERBS)[number];

/** `out`: from the client to the server; `in`: from the server to the client. */
export type WireDirection = "out" | "in";

/** The kinds of events that are frames, with the verb of one without headers, and of one with them. */
const FRAME_VERBS = {
  sent: ["PUB", "HPUB"],
  delivered: ["MSG", "HMSG"],
  answered: ["PUB", "HPUB"],
  arrived: ["MSG", "HMSG"],
  subscribed: ["SUB", "SUB"],
  unsubscribed: ["UNSUB", "UNSUB"],
  published: ["PUB", "HPUB"],
  message: ["MSG", "HMSG"],
  info: ["INFO", "INFO"],
  connect: ["CONNECT", "CONNECT"],
  ping: ["PING", "PING"],
  pong: ["PONG", "PONG"],
  ok: ["+OK", "+OK"],
  err: ["-ERR", "-ERR"],
} as const satisfies Partial<Record<EventKind, readonly [WireVerb, WireVerb]>>;

/** What an event that is a frame means in a request-reply exchange. */
export type FrameKind = keyof typeof FRAME_VERBS;

/** Stands for what crossed the wire and is no longer kept. */
const UNKNOWN = "…";

type Lined = Omit<WireFrame, "bytes">;

const isFrameKind = (kind: EventKind): kind is FrameKind => kind in FRAME_VERBS;

/** By an event kind's code: the verbs of a frame, or undefined for what crossed no connection. */
const VERBS_BY_CODE = EVENT_KINDS.map((kind) => (isFrameKind(kind) ? FRAME_VERBS[kind] : undefined));

/** One protocol message as it crossed a connection, as far as it was kept. */
export interface WireFrame {
  /** The number of its event. */
  readonly number: number;
  readonly kind: FrameKind;
  readonly verb: WireVerb;
  /** Whose connection it crossed. */
  readonly peer: PeerId;
  readonly direction: WireDirection;
  readonly at: Instant;
  /** The exchange that it belongs to, or null. */
  readonly exchange: number | null;
  /** Empty for none, `…` for one that is no longer kept; so are the reply subject and the queue group. */
  readonly subject: string;
  readonly reply: string;
  readonly queue: string;
  /** The number of the subscription; null where a frame has none. */
  readonly sid: number | null;
  /** UNSUB: after how many messages in all; 0 for at once. */
  readonly max: number;
  /** The status of a header block, 0 for none. */
  readonly status: number;
  /** A reply that says it is an error. */
  readonly error: boolean;
  /** Of INFO, CONNECT and -ERR: the rest of the line. */
  readonly payload: Payload;
  /** Bytes of the header block; null when only its beginning was kept. */
  readonly headerBytes: number | null;
  /** All of it, line ends included; null when that is not known. */
  readonly bytes: number | null;
  /** It had texts, and they were evicted. */
  readonly textsGone: boolean;
}

/** The verb of a recorded event; undefined for what is no frame. Cheap: reads columns only. */
export function verbOf(ring: EventRing, number: number): WireVerb | undefined {
  const row = number % ring.capacity;
  return VERBS_BY_CODE[ring.kind[row] ?? -1]?.[(ring.lengths[row * 4 + 2] ?? 0) > 0 ? 1 : 0];
}

export const directionOf = (ring: EventRing, number: number): WireDirection =>
  ((ring.flags[number % ring.capacity] ?? 0) & FLAG.outgoing) !== 0 ? "out" : "in";

/** The seq of the exchange that a held event belongs to; 0 or less for none. */
export const exchangeOf = (ring: EventRing, number: number): number =>
  ring.exchange[number % ring.capacity] ?? 0;

/** The frame of that number; undefined for what is no frame, and for what was evicted. */
export function readFrame(record: TrafficRecord, number: number): WireFrame | undefined {
  const { events } = record;
  if (!holdsEvent(events, number)) return undefined;
  const row = number % events.capacity;
  const verb = verbOf(events, number);
  const kind = EVENT_KINDS[events.kind[row] ?? -1];
  if (verb === undefined || kind === undefined || !isFrameKind(kind)) return undefined;
  const exchange = exchangeOf(events, number);
  const code = events.code[row] ?? 0;
  const link = events.link[row] ?? 0;
  const textAt = events.textAt[row] ?? -1;
  const textsGone = textAt >= 0 && !holdsText(record.texts, textAt);
  const subjectBytes = events.lengths[row * 4] ?? 0;
  const secondBytes = events.lengths[row * 4 + 1] ?? 0;
  const subject = textsGone && subjectBytes > 0 ? UNKNOWN : wholeSubjectOf(record, number);
  const second = textsGone && secondBytes > 0 ? UNKNOWN : textOf(record, number, "reply");
  const frame: Lined = {
    number,
    kind,
    verb,
    peer: events.peer[row] ?? 0,
    direction: directionOf(events, number),
    at: events.at[row] ?? 0,
    exchange: exchange > 0 ? exchange : null,
    subject,
    reply: kind === "subscribed" ? "" : second,
    queue: kind === "subscribed" ? second : "",
    sid: sidOf(kind, code, link),
    max: kind === "unsubscribed" ? link : 0,
    status: kind === "arrived" ? code : 0,
    error: ((events.flags[row] ?? 0) & FLAG.error) !== 0,
    payload: payloadOf(record, number),
    headerBytes: headerBytesOf(record, number),
    textsGone,
  };
  return { ...frame, bytes: wireBytes(frame, subjectBytes, secondBytes) };
}

function sidOf(kind: FrameKind, code: number, link: number): number | null {
  switch (kind) {
    case "subscribed":
    case "unsubscribed":
    case "delivered":
    case "message":
      return code;
    case "arrived":
      return link;
    default:
      return null;
  }
}

const CR = 0x0d;
const LF = 0x0a;

/** Only the beginning of a long block is kept, and then its length is not known. A whole one ends with an empty line. */
function headerBytesOf(record: TrafficRecord, number: number): number | null {
  const { events } = record;
  const row = number % events.capacity;
  const kept = events.lengths[row * 4 + 2] ?? 0;
  if (kept === 0 || ((events.flags[row] ?? 0) & FLAG.cut) === 0) return kept;
  const tail = bytesOf(record, number, "headers").subarray(-4);
  const ends = tail[0] === CR && tail[1] === LF && tail[2] === CR && tail[3] === LF;
  return ends ? kept : null;
}

/** A word of a control line, and what it is. */
export interface LinePiece {
  readonly what: "verb" | "subject" | "reply" | "queue" | "sid" | "number" | "text";
  readonly text: string;
}

/** The words of a frame's control line, in the order in which they crossed. */
export function linePieces(frame: Lined): readonly LinePiece[] {
  const { verb, subject, reply, queue, payload, headerBytes, textsGone } = frame;
  const rest = (): string => (textsGone ? UNKNOWN : decodeUtf8(payload.bytes));
  const pieces: LinePiece[] = [{ what: "verb", text: verb }];
  const add = (what: LinePiece["what"], text: string | number | null): void => {
    if (text !== "" && text !== null) pieces.push({ what, text: String(text) });
  };
  switch (verb) {
    case "SUB":
      add("subject", subject);
      add("queue", queue);
      add("sid", frame.sid);
      break;
    case "UNSUB":
      add("sid", frame.sid);
      add("number", frame.max > 0 ? frame.max : null);
      break;
    case "PUB":
    case "HPUB":
    case "MSG":
    case "HMSG":
      add("subject", subject);
      add("sid", frame.sid);
      add("reply", reply);
      if (verb === "HPUB" || verb === "HMSG") add("number", headerBytes ?? UNKNOWN);
      add("number", headerBytes === null ? UNKNOWN : headerBytes + payload.size);
      break;
    case "INFO":
    case "CONNECT":
      add("text", rest());
      break;
    case "-ERR":
      add("text", `'${rest()}'`);
      break;
    case "PING":
    case "PONG":
    case "+OK":
      break;
  }
  return pieces;
}

/** A frame's control line as it crossed, without its line end: `PUB user.get _INBOX.x.y 16`. */
export const frameText = (frame: Lined): string =>
  linePieces(frame)
    .map(({ text }) => text)
    .join(" ");

const LINE_END = 2;

/** How many bytes a frame was, from the lengths of its texts, which outlast them. */
function wireBytes(frame: Lined, subjectBytes: number, secondBytes: number): number | null {
  const { verb, payload, headerBytes, textsGone } = frame;
  if (headerBytes === null) return null;
  // What masks a secret is not as long as the secret.
  if (verb === "CONNECT" && (textsGone || decodeUtf8(payload.bytes).includes(`"${UNKNOWN}"`))) return null;
  const pieces = linePieces(frame);
  let bytes = pieces.length - 1 + LINE_END;
  for (const { what, text } of pieces) {
    if (what === "subject") bytes += subjectBytes;
    else if (what === "reply" || what === "queue") bytes += secondBytes;
    else if (what === "text") bytes += payload.size + (verb === "-ERR" ? 2 : 0);
    else bytes += text.length;
  }
  if (verb === "INFO") return bytes + 1; // nats-server ends this line with a blank.
  return hasBody(verb) ? bytes + headerBytes + payload.size + LINE_END : bytes;
}

/** True for a frame whose control line is followed by headers and a payload. */
export const hasBody = (verb: WireVerb): boolean =>
  verb === "PUB" || verb === "HPUB" || verb === "MSG" || verb === "HMSG";

/** The numbers of an exchange's frames, the first that crossed first; at most `most` of the newest. */
export function framesOf(record: TrafficRecord, seq: number, most = 1000): number[] {
  const { events, exchanges } = record;
  const row = seq % exchanges.capacity;
  if (seq <= 0 || exchanges.seq[row] !== seq) return [];
  const numbers: number[] = [];
  let number = exchanges.newest[row] ?? 0;
  while (numbers.length < most && holdsEvent(events, number)) {
    const index = number % events.capacity;
    if (events.exchange[index] !== seq) break;
    if (verbOf(events, number) !== undefined) numbers.push(number);
    number = previousOf(events, number);
  }
  const timeOf = (each: number): number => events.at[each % events.capacity] ?? 0;
  return numbers.toSorted((a, b) => timeOf(a) - timeOf(b) || a - b);
}

/** The peers whose connections the record tells of. */
export const wirePeers = (record: TrafficRecord): PeerId[] =>
  [...record.peers.keys()].toSorted((a, b) => a - b);
