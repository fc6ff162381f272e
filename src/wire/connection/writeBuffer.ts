import { copyBytes } from "../../domain/base/bytes.ts";
import { encodeText } from "./text.ts";

const LEAST_BYTES = 64 * 1024;
/** A larger buffer is given back as soon as what needed it has left. */
const MOST_BYTES_KEPT = 1024 * 1024;
/** More digits than a size in bytes has. */
const DIGITS = 16;

const SPACE = 0x20;
const CR = 0x0d;
const LF = 0x0a;
const PUB = encodeText("PUB ");
const HPUB = encodeText("HPUB ");
const NOTHING = new Uint8Array(0);

/** Protocol on its way out, put together in one array that is used again. */
export class WriteBuffer {
  #bytes = new Uint8Array(LEAST_BYTES);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  append(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#copy(bytes);
  }

  /** A message as `PUB`, or as `HPUB` where it has a header block. */
  publish(
    subject: Uint8Array,
    reply: Uint8Array = NOTHING,
    headers: Uint8Array = NOTHING,
    payload: Uint8Array = NOTHING,
  ): void {
    this.#reserve(subject.length + reply.length + headers.length + payload.length + 3 * DIGITS);
    this.#copy(headers.length > 0 ? HPUB : PUB);
    this.#copy(subject);
    this.#put(SPACE);
    if (reply.length > 0) {
      this.#copy(reply);
      this.#put(SPACE);
    }
    if (headers.length > 0) {
      this.#copyNumber(headers.length);
      this.#put(SPACE);
    }
    this.#copyNumber(headers.length + payload.length);
    this.#endLine();
    this.#copy(headers);
    this.#copy(payload);
    this.#endLine();
  }

  /** Everything that was put in since the last time. It is written over by what is put in next. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = this.#bytes.subarray(0, this.#length);
    this.clear();
    return taken;
  }

  clear(): void {
    this.#length = 0;
    if (this.#bytes.length > MOST_BYTES_KEPT) this.#bytes = new Uint8Array(LEAST_BYTES);
  }

  #reserve(more: number): void {
    const length = this.#length + more;
    if (length <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(length, this.#bytes.length * 2));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }

  #put(byte: number): void {
    this.#bytes[this.#length++] = byte;
  }

  #endLine(): void {
    this.#put(CR);
    this.#put(LF);
  }

  #copy(from: Uint8Array): void {
    copyBytes(from, 0, from.length, this.#bytes, this.#length);
    this.#length += from.length;
  }

  #copyNumber(value: number): void {
    let digits = 1;
    for (let rest = value; rest >= 10; rest = Math.floor(rest / 10)) digits++;
    let rest = value;
    for (let index = this.#length + digits - 1; index >= this.#length; index--) {
      this.#bytes[index] = 0x30 + (rest % 10);
      rest = Math.floor(rest / 10);
    }
    this.#length += digits;
  }
}
