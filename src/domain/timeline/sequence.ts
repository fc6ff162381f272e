import { OUTSIDE, type PeerId } from "../events/events.ts";
import type { Arrival, Delivery, Exchange } from "../events/exchange.ts";
import type { MessageShape } from "../schedule/flight.ts";
import { isInboxOfOne } from "../messages/subjects.ts";
import type { Outcome } from "../events/outcomes.ts";
import type { TrafficRecord } from "../record/trafficRecord.ts";
import { framesOf, readFrame } from "../frames/wireLines.ts";
import type { Instant } from "../base/instant.ts";

/** Who takes part in a sequence: a column of its picture. An inbox belongs to its requester. */
export interface Lifeline {
  readonly kind: "requester" | "inbox" | "server" | "responder" | "outside";
  /** The peer of this page, `OUTSIDE` for a program elsewhere, null for the server. */
  readonly peer: PeerId | null;
}

/** The recorded line on the wire behind one end of an arrow. */
export interface FrameRef {
  readonly kind: "sent" | "delivered" | "answered" | "arrived";
  readonly peer: PeerId;
  /** Among the lines of that kind on that connection, in their order. */
  readonly nth: number;
}

export interface SequenceArrow {
  readonly seq: number;
  readonly shape: MessageShape;
  /** Positions in `lifelines`. */
  readonly from: number;
  readonly to: number;
  readonly startMs: number;
  readonly endMs: number;
  /** What travels, such as the subject. */
  readonly words: string;
  readonly size: number;
  /** The line that was recorded at the end that this page can see; null where it saw neither. */
  readonly frame: FrameRef | null;
}

export interface SequenceBar {
  readonly seq: number;
  /** asking: a requester waits for its reply. queued: behind others in a responder. handler: at work. */
  readonly kind: "asking" | "queued" | "handler";
  readonly lifeline: number;
  readonly startMs: number;
  /** Null while it goes on. */
  readonly endMs: number | null;
}

export interface SequenceNote {
  readonly seq: number;
  readonly lifeline: number;
  readonly atMs: number;
  readonly what:
    | { readonly kind: "outcome"; readonly outcome: Outcome }
    | { readonly kind: "late" | "duplicate" | "dropped" | "neverReplies" | "ended" };
}

export interface Sequence {
  /**
   * When it began; all times count from here, in ms. What the clock cannot tell apart keeps the order of cause and effect: a
   * nanosecond is added for each step of it.
   */
  readonly startsAt: Instant;
  readonly lifelines: readonly Lifeline[];
  /** In the order of their starts, as are bars and notes. */
  readonly arrows: readonly SequenceArrow[];
  readonly bars: readonly SequenceBar[];
  readonly notes: readonly SequenceNote[];
  /** When the last known moment was, in ms from the start. */
  readonly lastMs: number;
}

/** One step of cause and effect, in ms: a nanosecond, far below what any clock of a browser tells. */
const STEP_MS = 1e-6;

/** The sequence of one story: see `relatedExchanges`. Null when nothing is known of when anything happened. */
export function sequenceOf(exchanges: readonly Exchange[]): Sequence | null {
  const begins = exchanges.map(beginOf).filter((at) => at !== null);
  if (begins.length === 0) return null;
  const builder = new Builder(Math.min(...begins), exchanges);
  for (const exchange of exchanges) builder.add(exchange);
  return builder.finish();
}

const beginOf = ({ attemptedAt, sentAt, deliveries }: Exchange): Instant | null =>
  attemptedAt ?? sentAt ?? deliveries[0]?.deliveredAt ?? null;

class Builder {
  readonly #startsAt: Instant;
  readonly #askedInHandlers: ReadonlySet<PeerId>;
  readonly #lifelines: Lifeline[] = [];
  readonly #arrows: SequenceArrow[] = [];
  readonly #bars: SequenceBar[] = [];
  readonly #notes: SequenceNote[] = [];
  #lastMs = 0;

  constructor(startsAt: Instant, exchanges: readonly Exchange[]) {
    this.#startsAt = startsAt;
    this.#askedInHandlers = new Set(
      exchanges.flatMap(({ deliveries }) => deliveries.map(({ peer }) => peer)),
    );
  }

  add(exchange: Exchange): void {
    const { seq, requester, subject, attemptedAt, sentAt, deliveries, arrivals, settledAt, outcome } =
      exchange;
    const asker =
      requester === null
        ? this.#line("outside", OUTSIDE)
        : this.#line(this.#askedInHandlers.has(requester) ? "responder" : "requester", requester);
    // A responder that asks in turn gets its replies itself; a column for each inbox would hide who waits for whom.
    const inbox =
      requester === null || this.#askedInHandlers.has(requester) ? asker : this.#line("inbox", requester);
    const server = this.#line("server", null);
    const size = exchange.request?.size ?? 0;

    const firstThere = deliveries[0]?.deliveredAt ?? arrivals[0]?.arrivedAt ?? null;
    const leavesAt = sentAt ?? (requester === null ? (deliveries[0]?.deliveredAt ?? null) : null);
    const serverAt = leavesAt === null ? null : half(leavesAt, firstThere);
    if (leavesAt !== null && serverAt !== null) {
      const frame: FrameRef | null =
        requester === null || sentAt === null ? null : { kind: "sent", peer: requester, nth: 0 };
      this.#arrow(seq, "request", asker, server, leavesAt, 1, serverAt, 2, subject, size, frame);
    }
    const counts = new Map<PeerId, number>();
    const left = [...arrivals];
    for (const delivery of deliveries) {
      const nth = counts.get(delivery.peer) ?? 0;
      counts.set(delivery.peer, nth + 1);
      const matching = left.findIndex(({ from }) => from === delivery.peer);
      const arrival = matching < 0 ? undefined : left.splice(matching, 1)[0];
      this.#deliver(exchange, delivery, nth, arrival, { server, inbox, serverAt });
    }
    for (const arrival of left) this.#arriveUnseen(exchange, arrival, { server, inbox, serverAt });

    if (requester !== null && attemptedAt !== null) {
      this.#bar(seq, "asking", asker, attemptedAt, 0, settledAt, 9);
      if (settledAt !== null && outcome !== null)
        this.#note(seq, asker, settledAt, 9, { kind: "outcome", outcome });
    }
  }

  finish(): Sequence {
    return {
      startsAt: this.#startsAt,
      lifelines: this.#lifelines,
      arrows: this.#arrows.toSorted((a, b) => a.startMs - b.startMs),
      bars: this.#bars.toSorted((a, b) => a.startMs - b.startMs),
      notes: this.#notes.toSorted((a, b) => a.atMs - b.atMs),
      lastMs: this.#lastMs,
    };
  }

  /** One responder of this page: the request comes, waits, is handled, and its answer goes back. */
  #deliver(
    { seq, requester, subject, reply, request, arrivals, settledAt }: Exchange,
    { peer, deliveredAt, handlingAt, handledAt, result, answeredAt, answer }: Delivery,
    nth: number,
    arrival: Arrival | undefined,
    { server, inbox, serverAt }: Places,
  ): void {
    const there = this.#line("responder", peer);
    const frame: FrameRef = { kind: "delivered", peer, nth };
    const leaves = Math.min(serverAt ?? deliveredAt, deliveredAt);
    const size = request?.size ?? 0;
    this.#arrow(seq, "request", server, there, leaves, 2, deliveredAt, 3, subject, size, frame);
    const done = handledAt ?? (handlingAt === null ? null : answeredAt);
    const begins = handlingAt ?? (handledAt !== null || answeredAt !== null ? deliveredAt : null);
    this.#bar(seq, "queued", there, deliveredAt, 3, begins, 4);
    if (begins !== null) this.#bar(seq, "handler", there, begins, 4, done, 5);
    if (handledAt !== null && result === "dropped")
      this.#note(seq, there, handledAt, 5, { kind: "neverReplies" });
    if (handledAt !== null && result === "aborted") this.#note(seq, there, handledAt, 5, { kind: "ended" });
    if (answeredAt === null) return;

    const error = result === "threw" || result === "errorReply";
    const unheard: MessageShape = settledAt !== null && answeredAt > settledAt ? "late" : "duplicate";
    const taken = arrivals.some(({ verdict }) => verdict === "taken");
    const dropped = !arrival && requester !== null && settledAt !== null && (taken || unheard === "late");
    const shape = arrival ? shapeOf(arrival) : dropped ? unheard : error ? "errorReply" : "reply";
    const back = half(answeredAt, arrival?.arrivedAt ?? null);
    const words = arrival || !dropped ? reply : `${reply} (nobody listens any more)`;
    const answered: FrameRef = { kind: "answered", peer, nth };
    this.#arrow(seq, shape, there, server, answeredAt, 6, back, 7, words, answer?.size ?? 0, answered);
    if (arrival) {
      this.#arrive(
        seq,
        arrival,
        { server, inbox, serverAt: back },
        requester,
        arrivals.indexOf(arrival),
        reply,
      );
    } else if (requester === null) {
      this.#arrow(seq, shape, server, inbox, back, 7, back, 8, reply, answer?.size ?? 0, null);
    } else if (dropped && isInboxOfOne(reply)) {
      this.#note(seq, server, back, 7, { kind: "dropped" });
    }
  }

  /** The server's own 503, what a program elsewhere answered, or a reply whose way here was evicted. */
  #arriveUnseen(exchange: Exchange, arrival: Arrival, { server, inbox, serverAt }: Places): void {
    const { seq, subject, request, requester, arrivals, reply } = exchange;
    const nth = arrivals.indexOf(arrival);
    const from = serverAt ?? arrival.arrivedAt;
    if (arrival.from !== OUTSIDE) {
      this.#arrive(seq, arrival, { server, inbox, serverAt: from }, requester, nth, reply);
      return;
    }
    // All that is known of what happens there is that it lies between the two.
    const outside = this.#line("outside", OUTSIDE);
    const third = Math.max(0, arrival.arrivedAt - from) / 3;
    const size = request?.size ?? 0;
    this.#arrow(seq, "request", server, outside, from, 2, from + third, 3, subject, size, null);
    const shape = shapeOf(arrival);
    const back = from + 2 * third;
    this.#arrow(seq, shape, outside, server, from + third, 6, back, 7, reply, arrival.message.size, null);
    this.#arrive(seq, arrival, { server, inbox, serverAt: back }, requester, nth, reply);
  }

  #arrive(
    seq: number,
    arrival: Arrival,
    { server, inbox, serverAt }: Places,
    requester: PeerId | null,
    nth: number,
    reply: string,
  ): void {
    const { arrivedAt, verdict, message } = arrival;
    const leaves = Math.min(serverAt ?? arrivedAt, arrivedAt);
    const frame: FrameRef | null = requester === null ? null : { kind: "arrived", peer: requester, nth };
    const words = verdict === "noResponders" ? "503" : reply;
    this.#arrow(seq, shapeOf(arrival), server, inbox, leaves, 7, arrivedAt, 8, words, message.size, frame);
    if (verdict === "late" || verdict === "duplicate")
      this.#note(seq, inbox, arrivedAt, 8, { kind: verdict });
  }

  #line(kind: Lifeline["kind"], peer: PeerId | null): number {
    const index = this.#lifelines.findIndex((line) => line.kind === kind && line.peer === peer);
    return index >= 0 ? index : this.#lifelines.push({ kind, peer }) - 1;
  }

  #ms(at: Instant, step: number): number {
    const ms = Math.max(0, at - this.#startsAt) + step * STEP_MS;
    this.#lastMs = Math.max(this.#lastMs, ms);
    return ms;
  }

  #arrow(
    seq: number,
    shape: MessageShape,
    from: number,
    to: number,
    startsAt: Instant,
    startStep: number,
    endsAt: Instant,
    endStep: number,
    words: string,
    size: number,
    frame: FrameRef | null,
  ): void {
    const startMs = this.#ms(startsAt, startStep);
    const endMs = Math.max(startMs, this.#ms(endsAt, endStep));
    this.#arrows.push({ seq, shape, from, to, startMs, endMs, words, size, frame });
  }

  #bar(
    seq: number,
    kind: SequenceBar["kind"],
    lifeline: number,
    startsAt: Instant,
    startStep: number,
    endsAt: Instant | null,
    endStep: number,
  ): void {
    const startMs = this.#ms(startsAt, startStep);
    const endMs = endsAt === null ? null : Math.max(startMs, this.#ms(endsAt, endStep));
    this.#bars.push({ seq, kind, lifeline, startMs, endMs });
  }

  #note(seq: number, lifeline: number, at: Instant, step: number, what: SequenceNote["what"]): void {
    this.#notes.push({ seq, lifeline, atMs: this.#ms(at, step), what });
  }
}

interface Places {
  readonly server: number;
  readonly inbox: number;
  /** When the server has it: not recorded, so half way between the two ends that are. */
  readonly serverAt: Instant | null;
}

const half = (from: Instant, to: Instant | null): Instant =>
  to === null ? from : (from + Math.max(from, to)) / 2;

function shapeOf({ verdict, error }: Arrival): MessageShape {
  if (verdict === "taken") return error ? "errorReply" : "reply";
  return verdict;
}

/** The number of the line on the wire that one end of a message was recorded as; null where none is in the record. */
export function frameNumberOf(record: TrafficRecord, seq: number, wanted: FrameRef | null): number | null {
  if (wanted === null) return null;
  let nth = wanted.nth;
  for (const number of framesOf(record, seq)) {
    const frame = readFrame(record, number);
    if (frame?.kind !== wanted.kind || frame.peer !== wanted.peer) continue;
    if (nth-- === 0) return number;
  }
  return null;
}
