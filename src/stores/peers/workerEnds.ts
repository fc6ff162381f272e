/**
 * Lets what a peer's new worker tells wait for the end of the one before, whose last events are still on their way: else that end
 * would settle what the new one has begun.
 */
export class WorkerEnds<Peer> {
  readonly #ends = new Map<Peer, Promise<void>>();

  /** A worker is about to end, and `tell` tells of it once it has. */
  end(peer: Peer, ended: Promise<void>, tell: () => void): void {
    const told: Promise<void> = Promise.all([this.#ends.get(peer), ended]).then(() => {
      tell();
      if (this.#ends.get(peer) === told) this.#ends.delete(peer);
    });
    this.#ends.set(peer, told);
  }

  /** For a new worker: runs things in their order, at once or when all ends of earlier ones have been told. */
  gate(peer: Peer): (run: () => void) => void {
    const before = this.#ends.get(peer);
    if (before === undefined) return (run) => run();
    let told = false;
    const opened = before.then(() => {
      told = true;
    });
    return (run) => {
      if (told) run();
      else void opened.then(run);
    };
  }
}
