/**
 * Events on their way from a worker to the page: columns, because a structured clone of an object for each event would cost
 * more than everything else that is done with it. Row i of each column is event i. Texts are raw bytes from the wire, decoded
 * only when somebody looks. The columns may share one buffer, which is transferred.
 */
export interface EventBatch {
  readonly count: number;
  /** Epoch ms on the sender's clock; the page adds the sender's measured offset. */
  readonly at: Float64Array;
  readonly kind: Uint8Array;
  readonly flags: Uint8Array;
  /** `ExchangeKey`, 0 for none. */
  readonly exchange: Float64Array;
  /** See the table in events.ts, 0 for none. */
  readonly link: Float64Array;
  readonly code: Uint32Array;
  /** Payload bytes that crossed the wire (headers not counted), whether or not they were kept. */
  readonly size: Uint32Array;
  /** Four lengths a row, in `bytes` order: subject, reply, headers, payload. Row i's texts follow row i−1's. */
  readonly lengths: Uint32Array;
  readonly bytes: Uint8Array;
}

/** What one recorded event may say; everything not given is 0 or empty. */
export interface EventTexts {
  readonly subject?: Uint8Array;
  readonly reply?: Uint8Array;
  readonly headers?: Uint8Array;
  readonly payload?: Uint8Array;
}

/** Texts of one event that lie in one array, each from its start up to its end. */
export interface TextPlaces {
  readonly bytes: Uint8Array;
  readonly subjectStart: number;
  readonly subjectEnd: number;
  readonly replyStart: number;
  readonly replyEnd: number;
  readonly headersStart: number;
  readonly headersEnd: number;
  readonly payloadStart: number;
  readonly payloadEnd: number;
}

/** Where workers and the wire write events. Times are epoch ms on the writer's clock. */
export interface EventSink {
  record(
    kind: number,
    at: number,
    exchange: number,
    link: number,
    code: number,
    flags: number,
    size: number,
    texts?: EventTexts,
  ): void;
  /**
   * The same for a message as it lies in the bytes that crossed, its size being that of its payload. Views of its texts would cost
   * more than copying them does.
   */
  recordMessage(
    kind: number,
    at: number,
    exchange: number,
    link: number,
    code: number,
    flags: number,
    message: TextPlaces,
  ): void;
}
