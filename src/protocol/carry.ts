const LEAST_BYTES = 4 * 1024;
/** A larger buffer is given back as soon as the message that needed it is done. */
const MOST_BYTES_KEPT = 256 * 1024;

/** The bytes of one message that is not all there yet. Grows with what arrived, never with what was announced. */
export class Carry {
  bytes = new Uint8Array(LEAST_BYTES);
  length = 0;

  append(source: Uint8Array, start: number, end: number): void {
    const length = this.length + (end - start);
    if (length > this.bytes.length) {
      const larger = new Uint8Array(Math.max(length, this.bytes.length * 2));
      larger.set(this.bytes.subarray(0, this.length));
      this.bytes = larger;
    }
    this.bytes.set(source.subarray(start, end), this.length);
    this.length = length;
  }

  /** What was held stays readable until the next `append`. */
  clear(): void {
    this.length = 0;
    if (this.bytes.length > MOST_BYTES_KEPT) this.bytes = new Uint8Array(LEAST_BYTES);
  }
}
