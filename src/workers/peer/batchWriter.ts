import { isBusyPosting, postEveryMs } from "../../domain/base/cadences.ts";
import type { EventBatch, EventSink, EventTexts, TextPlaces } from "../../domain/events/batch.ts";
import { copyBytes } from "../../domain/base/bytes.ts";
import { FLAG } from "../../domain/events/events.ts";

export interface BatchWriter extends EventSink {
  /** Hands over what is waiting, if anything. */
  flush(): void;
  /** Whether to hand over only now and then, because nobody looks. What waits when that ends is handed over at once. */
  setSeldom(seldom: boolean): void;
}

const FIRST_ROWS = 256;
const FIRST_BYTES = 64 * 1024;

/** A batch as large as this does not wait for its frame. */
const MOST_ROWS = 16 * 1024;
const MOST_BYTES = 8 * 1024 * 1024;

/** Above this a batch counts as busy: nobody reads payloads at that pace, and copies of them would cost more than the traffic. */
const BUSY_ROWS = 512;
const BUSY_BYTES = 1024 * 1024;
const KEPT_WHEN_QUIET = 64 * 1024;
const KEPT_WHEN_BUSY = 256;

const NOTHING = new Uint8Array(0);

interface Columns {
  at: Float64Array;
  kind: Uint8Array;
  flags: Uint8Array;
  exchange: Float64Array;
  link: Float64Array;
  code: Uint32Array;
  size: Uint32Array;
  lengths: Uint32Array;
}

/**
 * Collects events and hands them over in batches: the first after a pause as soon as the current task is done, then at
 * most one a frame, or every third while there is much. `post` gets a buffer of its own, to be transferred.
 */
export function createBatchWriter(post: (batch: EventBatch, transfer: ArrayBuffer[]) => void): BatchWriter {
  let columns = createColumns(FIRST_ROWS);
  let bytes = new Uint8Array(FIRST_BYTES);
  let count = 0;
  let byteCount = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastFlush = -Infinity;
  let everyMs = postEveryMs(false, true);
  let seldom = false;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (count === 0) return;
    const now = performance.now();
    const busy = isBusyPosting(count, now - lastFlush);
    everyMs = postEveryMs(busy, !seldom);
    lastFlush = now;
    const { batch, buffer } = packed(columns, count, bytes.subarray(0, byteCount));
    count = 0;
    byteCount = 0;
    post(batch, [buffer]);
    if (!busy) giveBack();
  }

  /** What a busy time made it take, it does not keep for good. */
  function giveBack(): void {
    if (columns.at.length > FIRST_ROWS) columns = createColumns(FIRST_ROWS);
    if (bytes.length > FIRST_BYTES) bytes = new Uint8Array(FIRST_BYTES);
  }

  /** Keeps the text of `from` between two places, or its first `most` bytes. Returns how many. */
  function keep(from: Uint8Array, start: number, end: number, most: number): number {
    const length = Math.min(end - start, most);
    if (length === 0) return 0;
    if (byteCount + length > bytes.length) {
      const larger = new Uint8Array(Math.max(byteCount + length, bytes.length * 2));
      larger.set(bytes.subarray(0, byteCount));
      bytes = larger;
    }
    copyBytes(from, start, start + length, bytes, byteCount);
    byteCount += length;
    return length;
  }

  const keepAll = (text: Uint8Array, most: number): number => keep(text, 0, text.length, most);

  /** How much of headers and payload is kept. */
  const keptNow = (): number =>
    count >= BUSY_ROWS || byteCount >= BUSY_BYTES ? KEPT_WHEN_BUSY : KEPT_WHEN_QUIET;

  /** Everything of the next row but its texts. */
  function fill(
    kind: number,
    at: number,
    exchange: number,
    link: number,
    code: number,
    flags: number,
    size: number,
  ): void {
    if (count === columns.at.length) columns = growColumns(columns);
    const row = count;
    columns.at[row] = at;
    columns.kind[row] = kind;
    columns.exchange[row] = exchange;
    columns.link[row] = link;
    columns.code[row] = code;
    columns.size[row] = size;
    columns.flags[row] = flags;
  }

  function placeLengths(subject: number, reply: number, headers: number, payload: number): void {
    const { lengths } = columns;
    const first = count * 4;
    lengths[first] = subject;
    lengths[first + 1] = reply;
    lengths[first + 2] = headers;
    lengths[first + 3] = payload;
  }

  function rowDone(): void {
    count++;
    if (count >= MOST_ROWS || byteCount >= MOST_BYTES) flush();
    else timer ??= setTimeout(flush, Math.max(0, lastFlush + everyMs - performance.now()));
  }

  return {
    record(kind, at, exchange, link, code, flags, size, texts) {
      fill(kind, at, exchange, link, code, flags, size);
      if (texts) {
        const {
          subject = NOTHING,
          reply = NOTHING,
          headers = NOTHING,
          payload = NOTHING,
        }: EventTexts = texts;
        const most = keptNow();
        placeLengths(
          keepAll(subject, KEPT_WHEN_QUIET),
          keepAll(reply, KEPT_WHEN_QUIET),
          keepAll(headers, most),
          keepAll(payload, most),
        );
        if (headers.length > most || payload.length > most) columns.flags[count] = flags | FLAG.cut;
      } else {
        placeLengths(0, 0, 0, 0);
      }
      rowDone();
    },
    recordMessage(kind, at, exchange, link, code, flags, message: TextPlaces) {
      const { bytes: from, headersStart, headersEnd, payloadStart, payloadEnd } = message;
      const size = payloadEnd - payloadStart;
      fill(kind, at, exchange, link, code, flags, size);
      const most = keptNow();
      placeLengths(
        keep(from, message.subjectStart, message.subjectEnd, KEPT_WHEN_QUIET),
        keep(from, message.replyStart, message.replyEnd, KEPT_WHEN_QUIET),
        keep(from, headersStart, headersEnd, most),
        keep(from, payloadStart, payloadEnd, most),
      );
      if (headersEnd - headersStart > most || size > most) columns.flags[count] = flags | FLAG.cut;
      rowDone();
    },
    flush,
    setSeldom(now) {
      // What was recorded until now goes first: whoever looks away has seen it, and who looks again wants to see.
      seldom = now;
      everyMs = postEveryMs(false, true);
      flush();
    },
  };
}

/**
 * Copies of the rows in use, all in one buffer: each buffer that is transferred costs several times what is in it. The widest
 * columns come first, so that each begins where its numbers may.
 */
function packed(
  columns: Columns,
  count: number,
  bytes: Uint8Array,
): { batch: EventBatch; buffer: ArrayBuffer } {
  const buffer = new ArrayBuffer(count * BYTES_A_ROW + bytes.length);
  let end = 0;
  const place = <Column extends Float64Array | Uint32Array | Uint8Array>(
    View: new (buffer: ArrayBuffer, from: number, length: number) => Column,
    column: Column,
    length: number,
  ): Column => {
    const view = new View(buffer, end, length);
    view.set(column.subarray(0, length));
    end += view.byteLength;
    return view;
  };
  const batch: EventBatch = {
    count,
    at: place(Float64Array, columns.at, count),
    exchange: place(Float64Array, columns.exchange, count),
    link: place(Float64Array, columns.link, count),
    code: place(Uint32Array, columns.code, count),
    size: place(Uint32Array, columns.size, count),
    lengths: place(Uint32Array, columns.lengths, count * 4),
    kind: place(Uint8Array, columns.kind, count),
    flags: place(Uint8Array, columns.flags, count),
    bytes: place(Uint8Array, bytes, bytes.length),
  };
  return { batch, buffer };
}

/** Three columns of 8 bytes, six of 4 (four of them lengths), two of 1. */
const BYTES_A_ROW = 3 * 8 + 6 * 4 + 2;

function createColumns(rows: number): Columns {
  return {
    at: new Float64Array(rows),
    kind: new Uint8Array(rows),
    flags: new Uint8Array(rows),
    exchange: new Float64Array(rows),
    link: new Float64Array(rows),
    code: new Uint32Array(rows),
    size: new Uint32Array(rows),
    lengths: new Uint32Array(rows * 4),
  };
}

function growColumns(full: Columns): Columns {
  const larger = createColumns(full.at.length * 2);
  larger.at.set(full.at);
  larger.kind.set(full.kind);
  larger.flags.set(full.flags);
  larger.exchange.set(full.exchange);
  larger.link.set(full.link);
  larger.code.set(full.code);
  larger.size.set(full.size);
  larger.lengths.set(full.lengths);
  return larger;
}
