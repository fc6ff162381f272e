import type { GoServer } from "./goProgram.ts";

/** What the server has for a client. */
export interface Delivery {
  readonly id: number;
  /** Null for none. */
  readonly bytes: Uint8Array<ArrayBuffer> | null;
  /** Bytes of the client that the server has read in all, modulo 2³². */
  readonly consumed: number;
  /** Nothing comes after this. */
  readonly ended: boolean;
}

/** In the order of embedded/bridge.go. */
const WRITE = 0;
const CONFIRM = 1;
const CLOSE = 2;

const INPUT_HEAD = 12;
const OUTPUT_HEAD = 16;

/** Collects what goes to the server until the next turn, and takes apart what comes from it. */
export class Turns {
  readonly #server: GoServer;
  readonly #deliver: (delivery: Delivery) => void;
  readonly #inbox: DataView;
  readonly #outbox: DataView;
  #filled = 0;

  constructor(server: GoServer, deliver: (delivery: Delivery) => void) {
    this.#server = server;
    this.#deliver = deliver;
    this.#inbox = new DataView(server.inbox.buffer);
    this.#outbox = new DataView(server.outbox.buffer);
  }

  /** Takes a turn at once where there is no more room. */
  write(id: number, bytes: Uint8Array<ArrayBuffer>): void {
    for (let from = 0; from < bytes.length;) {
      if (this.#room() <= INPUT_HEAD) this.take();
      const part = bytes.subarray(from, from + this.#room() - INPUT_HEAD);
      this.#head(id, WRITE, part.length);
      this.#server.inbox.set(part, this.#filled);
      this.#filled += part.length;
      from += part.length;
    }
  }

  /** The client has taken so many bytes. */
  confirm(id: number, count: number): void {
    if (this.#room() < INPUT_HEAD) this.take();
    this.#head(id, CONFIRM, count);
  }

  /** Ends a connection, after what was written. */
  close(id: number): void {
    if (this.#room() < INPUT_HEAD) this.take();
    this.#head(id, CLOSE, 0);
  }

  /** One turn: hands over what was collected and delivers all that comes of it. */
  take(): void {
    const filled = this.#filled;
    this.#filled = 0;
    const length = this.#server.turn(filled);
    for (let offset = 0; offset < length;) {
      const id = this.#outbox.getUint32(offset, true);
      const ended = this.#outbox.getUint32(offset + 4, true) === 1;
      const consumed = this.#outbox.getUint32(offset + 8, true);
      const count = this.#outbox.getUint32(offset + 12, true);
      offset += OUTPUT_HEAD;
      const bytes = count === 0 ? null : this.#server.outbox.slice(offset, offset + count);
      offset += count;
      this.#deliver({ id, bytes, consumed, ended });
    }
  }

  #room(): number {
    return this.#inbox.byteLength - this.#filled;
  }

  #head(id: number, op: number, count: number): void {
    this.#inbox.setUint32(this.#filled, id, true);
    this.#inbox.setUint32(this.#filled + 4, op, true);
    this.#inbox.setUint32(this.#filled + 8, count, true);
    this.#filled += INPUT_HEAD;
  }
}
