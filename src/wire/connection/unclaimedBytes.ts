import type { Frame } from "../../protocol/frame.ts";

/**
 * What remains of a stream when some of its messages are taken out of it. A message is passed on as soon as it is known not to be
 * taken: one that is split between chunks with the chunk that completes it.
 */
export class UnclaimedBytes {
  #chunk: Uint8Array = NOTHING;
  #pieces: Uint8Array[] = [];
  /** Of the chunk: what lies before is passed on or taken out. */
  #at = 0;
  /** How much of an unfinished message came before this chunk. */
  #heldBefore = 0;
  /** A message was taken out whose line feed has not come. */
  #owesLineFeed = false;

  /** Before the messages of a chunk are told. `held`: so much of an unfinished message came before it. */
  begin(chunk: Uint8Array, held: number): void {
    this.#chunk = chunk;
    this.#at = this.#owesLineFeed && chunk.length > 0 ? 1 : 0;
    if (chunk.length > 0) this.#owesLineFeed = false;
    this.#heldBefore = held;
  }

  /** The next message: taken out, or passed on. */
  tell(frame: Frame, taken: boolean): void {
    if (frame.bytes !== this.#chunk) {
      // What is held is written over by the next that is.
      if (!taken) this.#pieces.push(frame.bytes.slice(0, frame.end));
      this.#skipTo(frame.end - this.#heldBefore, taken);
    } else if (taken) {
      this.#passUpTo(frame.start);
      this.#skipTo(frame.end, true);
    }
  }

  /** After the last message of a chunk. `held`: so much of an unfinished message has come. Null where nothing remains. */
  end(held: number): Uint8Array | null {
    // All of the chunk where it went on with the unfinished message and did not end it.
    this.#passUpTo(Math.max(this.#at, this.#chunk.length - held));
    const pieces = this.#pieces;
    this.#chunk = NOTHING;
    if (pieces.length === 0) return null;
    this.#pieces = [];
    return pieces.length === 1 ? (pieces[0] ?? null) : joined(pieces);
  }

  #passUpTo(end: number): void {
    if (end <= this.#at) return;
    const whole = this.#at === 0 && end === this.#chunk.length;
    this.#pieces.push(whole ? this.#chunk : this.#chunk.subarray(this.#at, end));
    this.#at = end;
  }

  #skipTo(end: number, withLineFeed: boolean): void {
    this.#at = withLineFeed ? end + 1 : end;
    this.#owesLineFeed = this.#at > this.#chunk.length;
  }
}

const NOTHING = new Uint8Array(0);

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const piece of pieces) {
    whole.set(piece, offset);
    offset += piece.length;
  }
  return whole;
}
