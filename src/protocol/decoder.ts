import { Carry } from "./carry.ts";
import { readControlLine, type LineResult } from "./controlLine.ts";
import { Frame } from "./frame.ts";
import { headerStatus } from "./headerStatus.ts";

export interface DecoderLimits {
  /**
   * Longest control line. The default is twice the server's own limit for a client's line (4 KiB), because the server
   * gives the same subjects back with a subscription's number added.
   */
  readonly lineBytes: number;
  /** Longest INFO, CONNECT or -ERR line: they carry JSON, with the addresses of a whole cluster or a signed token. */
  readonly textLineBytes: number;
  /** Largest header block and payload together. No nats-server allows more than 64 MiB. */
  readonly payloadBytes: number;
}

const DEFAULT_LIMITS: DecoderLimits = {
  lineBytes: 8 * 1024,
  textLineBytes: 1024 * 1024,
  payloadBytes: 64 * 1024 * 1024,
};

export interface DecodeError {
  readonly kind: "lineTooLong" | "badLine" | "payloadTooLarge" | "badPayloadEnd";
  /** What is wrong, in words. */
  readonly message: string;
}

export interface Decoder {
  /**
   * Reads the next bytes of the stream and calls `onFrame` for each message that they complete. Returns null, or the
   * error that ended the decoding; every later call returns the same error and reads nothing. Never throws by itself.
   * Keeps no reference to `chunk`.
   */
  push(chunk: Uint8Array): DecodeError | null;
  /** Bytes of an unfinished message that are held. */
  readonly held: number;
}

const LF = 0x0a;
const CR = 0x0d;

/**
 * A streaming decoder of the NATS client protocol, for either direction. The stream may be split anywhere. A message that
 * lies whole in a chunk is read where it lies; only one that is split is copied.
 *
 * A payload is handed out with the carriage return after it, before its line feed, as nats.ws does: where the stream is split between
 * the two, waiting would let the client act on a reply that has not been seen here yet.
 */
export function createDecoder(onFrame: (frame: Frame) => void, limits: Partial<DecoderLimits> = {}): Decoder {
  const { lineBytes, textLineBytes, payloadBytes } = { ...DEFAULT_LIMITS, ...limits };
  const frame = new Frame();
  const line: LineResult = { bodyBytes: -1, headerBytes: 0 };
  const carry = new Carry();
  /** Of the held message: where its control line ends, line end included; 0 while that is not known. */
  let heldLineEnd = 0;
  /** The line feed after the last payload has not come yet. */
  let owesLineFeed = false;
  let error: DecodeError | null = null;

  const fail = (kind: DecodeError["kind"], message: string): DecodeError => {
    carry.clear();
    return (error = { kind, message });
  };

  function checkLine(bytes: Uint8Array, start: number, length: number): DecodeError | null {
    const limit = isTextLine(bytes[start]) ? textLineBytes : lineBytes;
    if (length <= limit) return null;
    return fail("lineTooLong", `A control line is longer than ${limit} bytes.`);
  }

  /** Reads the line before `lineEnd` (the position after its line feed) and checks what it announces. */
  function readLine(bytes: Uint8Array, start: number, lineEnd: number): DecodeError | null {
    const tooLong = checkLine(bytes, start, lineEnd - start);
    if (tooLong) return tooLong;
    const end = bytes[lineEnd - 2] === CR && lineEnd - 2 >= start ? lineEnd - 2 : lineEnd - 1;
    const wrong = readControlLine(bytes, start, end, frame, line);
    if (wrong !== null) return fail("badLine", `A control line cannot be read: ${wrong}.`);
    if (line.bodyBytes > payloadBytes) {
      return fail(
        "payloadTooLarge",
        `A message of ${line.bodyBytes} bytes is larger than ${payloadBytes} bytes.`,
      );
    }
    return null;
  }

  const badEnd = (): DecodeError => fail("badPayloadEnd", "A payload does not end where its size says.");

  /** Hands out the message that starts at `start`, whose body starts at `bodyStart` and is all there. */
  function emit(bytes: Uint8Array, start: number, bodyStart: number): DecodeError | null {
    if (line.bodyBytes >= 0) {
      const end = bodyStart + line.bodyBytes;
      if (bytes[end] !== CR) return badEnd();
      frame.headersStart = bodyStart;
      frame.headersEnd = frame.payloadStart = bodyStart + line.headerBytes;
      frame.payloadEnd = end;
      if (line.headerBytes > 0) frame.status = headerStatus(bytes, bodyStart, frame.headersEnd);
      owesLineFeed = true;
    }
    frame.bytes = bytes;
    frame.start = start;
    frame.end = endOf(bodyStart);
    onFrame(frame);
    return null;
  }

  /** Where what must be there of a message ends: its line, or the carriage return after its payload. */
  const endOf = (bodyStart: number): number =>
    line.bodyBytes < 0 ? bodyStart : bodyStart + line.bodyBytes + 1;

  /** Completes the held message with bytes of `chunk`. Returns how many it took. */
  function complete(chunk: Uint8Array): number {
    let taken = 0;
    if (heldLineEnd === 0) {
      const lineFeed = chunk.indexOf(LF);
      taken = lineFeed < 0 ? chunk.length : lineFeed + 1;
      // Checked before it is kept: a stream without line ends must not fill the memory.
      const first = carry.length > 0 ? carry.bytes : chunk;
      if (checkLine(first, 0, carry.length + taken)) return taken;
      carry.append(chunk, 0, taken);
      if (lineFeed < 0) return taken;
      heldLineEnd = carry.length;
      if (readLine(carry.bytes, 0, heldLineEnd)) return taken;
    }
    const needed = endOf(heldLineEnd);
    const more = Math.min(needed - carry.length, chunk.length - taken);
    carry.append(chunk, taken, taken + more);
    taken += more;
    if (carry.length < needed) return taken;
    // The callback may never return normally: be ready for the next message before it is called.
    const { bytes } = carry;
    const bodyStart = heldLineEnd;
    carry.clear();
    heldLineEnd = 0;
    emit(bytes, 0, bodyStart);
    return taken;
  }

  return {
    push(chunk) {
      let offset = 0;
      if (carry.length > 0) offset = complete(chunk);
      if (carry.length > 0) return error;
      while (error === null && offset < chunk.length) {
        if (owesLineFeed) {
          owesLineFeed = false;
          if (chunk[offset++] !== LF) return badEnd();
          continue;
        }
        const lineFeed = chunk.indexOf(LF, offset);
        const lineEnd = lineFeed + 1;
        if (lineFeed >= 0 && readLine(chunk, offset, lineEnd)) break;
        const next = lineFeed < 0 ? Infinity : endOf(lineEnd);
        if (next > chunk.length) {
          if (lineFeed < 0 && checkLine(chunk, offset, chunk.length - offset)) break;
          carry.append(chunk, offset, chunk.length);
          // The line is known already; its body is what is missing. `frame` is told where it lies now.
          if (lineFeed >= 0) {
            heldLineEnd = lineEnd - offset;
            readLine(carry.bytes, 0, heldLineEnd);
          }
          break;
        }
        if (emit(chunk, offset, lineEnd)) break;
        offset = next;
      }
      return error;
    },
    get held() {
      return carry.length;
    },
  };
}

/** INFO, CONNECT and -ERR, by their first letter. */
const isTextLine = (first: number | undefined): boolean =>
  first === 0x49 || first === 0x69 || first === 0x43 || first === 0x63 || first === 0x2d;
