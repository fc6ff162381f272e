/**
 * Makes the events of a peer's new worker wait for the end of the worker before it, whose last events are still on their way: else that
 * end would settle what the new one has begun.
 */
export class WorkerEnds<Peer> {
  readonly #ends = new Map<Peer, Promise<void>>();

  /** A worker is about to end; `report` runs once it has. */
  end(peer: Peer, ended: Promise<void>, report: () => void): void {
    const reported: Promise<void> = Promise.all([this.#ends.get(peer), ended]).then(() => {
      report();
      if (this.#ends.get(peer) === reported) this.#ends.delete(peer);
    });
    this.#ends.set(peer, reported);
  }

  /** For a new worker: runs things in their order, at once or when all ends of earlier ones have been reported. */
  gate(peer: Peer): (run: () => void) => void {
    const before = this.#ends.get(peer);
    if (before === undefined) return (run) => run();
    let open = false;
    const opened = before.then(() => {
      open = true;
    });
    return (run) => {
      if (open) run();
      else void opened.then(run);
    };
  }
}
