/** The verbs of the NATS client protocol, in both directions. */
export type Verb =
  "INFO" | "CONNECT" | "PING" | "PONG" | "+OK" | "-ERR" | "SUB" | "UNSUB" | "PUB" | "HPUB" | "MSG" | "HMSG";

const NOTHING = new Uint8Array(0);

/**
 * One protocol message as positions in the bytes it was read from. There is one frame for each decoder, used again
 * for every message: read what is needed inside the callback, copy what must outlive it.
 *
 * Views are made when asked for, because at tens of thousands of frames a second most of them never are.
 */
export class Frame {
  verb: Verb = "PING";
  bytes: Uint8Array = NOTHING;
  /** All of it: from its first letter, behind its line end or behind the carriage return after its payload. */
  start = 0;
  end = 0;
  subjectStart = 0;
  subjectEnd = 0;
  /** The reply subject of PUB, HPUB, MSG and HMSG; the queue group of SUB. Empty for none. */
  replyStart = 0;
  replyEnd = 0;
  /** The header block of HPUB and HMSG, `NATS/1.0` and its closing blank line included. */
  headersStart = 0;
  headersEnd = 0;
  /** What follows the header block; the JSON of INFO and CONNECT; the text of -ERR without its quotes. */
  payloadStart = 0;
  payloadEnd = 0;
  /** Of SUB, UNSUB, MSG and HMSG. NaN for a client that does not number its subscriptions. */
  sid = 0;
  /** UNSUB: after how many messages in all. 0: at once. */
  max = 0;
  /** The status of a header block such as `NATS/1.0 503`; 0 for none. */
  status = 0;

  get subject(): Uint8Array {
    return this.bytes.subarray(this.subjectStart, this.subjectEnd);
  }

  get reply(): Uint8Array {
    return this.bytes.subarray(this.replyStart, this.replyEnd);
  }

  get headers(): Uint8Array {
    return this.bytes.subarray(this.headersStart, this.headersEnd);
  }

  get payload(): Uint8Array {
    return this.bytes.subarray(this.payloadStart, this.payloadEnd);
  }

  /** Length of the reply subject, or of a SUB's queue group; 0 for none. */
  get replyLength(): number {
    return this.replyEnd - this.replyStart;
  }
}
