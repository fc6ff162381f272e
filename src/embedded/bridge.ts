import { CONFIRM_EVERY, type PortMessage } from "../domain/embedded.ts";
import type { GoHost, GoServer } from "./goProgram.ts";

/** One client's connection. */
interface Connection {
  readonly port: MessagePort;
  /** Called once, when the connection is over. */
  readonly onEnd: (id: number) => void;
  /** Bytes that the client was told the server has read. */
  confirmed: number;
  /** The server's own number for it, as monitoring tells it; null until its INFO went by. */
  cid: number | null;
}

/** Bytes that came from a client. */
interface Arrival {
  readonly id: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * Carries bytes between MessagePorts and a running server, in turns. What comes in one turn of the event loop is written to the
 * server together, the server then runs until it has nothing more to do, and all that it has for a client goes out as one
 * message. A message costs far more than the bytes in it, and what shares one on its way in shares one on its way out.
 *
 * Waiting for the turn to end would delay a lone message for nothing. So the first one of a turn is passed on at once as long as
 * turns have one message, and waits for the others as soon as the last turn had several.
 */
export class Bridge {
  readonly #server: GoServer;
  readonly #turn = new MessageChannel();
  readonly #connections = new Map<number, Connection>();
  /** Called for what goes wrong in the program itself. */
  readonly #onCrash: (error: unknown) => void;
  #arrived: Arrival[] = [];
  #arrivalsThisTurn = 0;
  #turnIsComing = false;
  #busy = false;

  constructor(server: GoServer, onCrash: (error: unknown) => void) {
    this.#server = server;
    this.#onCrash = onCrash;
    this.#turn.port1.onmessage = () => this.#endTurn();
  }

  /** Gives a port a connection to the server. Returns how to end it as a lost network would, or null if the server takes none. */
  open(
    port: MessagePort,
    onEnd: (id: number) => void,
  ): { readonly id: number; readonly close: () => void } | null {
    const id = this.#server.open();
    if (id < 0) return null;
    this.#connections.set(id, { port, onEnd, confirmed: 0, cid: null });
    const close = (): void => {
      if (!this.#connections.delete(id)) return;
      port.close();
      onEnd(id);
      this.#run(() => this.#server.close(id));
    };
    port.onmessage = ({ data }: MessageEvent<PortMessage>) => {
      if (!this.#connections.has(id)) return;
      if (data instanceof Uint8Array) this.#onBytes(id, data);
      else if (typeof data === "number") this.#run(() => this.#server.confirm(id, data));
      else close();
    };
    // The other end is gone without a word. Not every browser tells.
    port.addEventListener("close", close);
    return { id, close };
  }

  /** The server's own number for a connection. */
  cidOf(id: number): number | null {
    return this.#connections.get(id)?.cid ?? null;
  }

  /** The server has something to be taken. */
  readonly news: GoHost["news"] = () => this.#askForTurn();

  readonly deliver: GoHost["deliver"] = (id, bytes, consumed, ended) => {
    const connection = this.#connections.get(id);
    if (!connection) return;
    const { port, onEnd } = connection;
    if (bytes) {
      connection.cid ??= clientId(bytes);
      port.postMessage(bytes, [bytes.buffer]);
    }
    if (consumed - connection.confirmed >= CONFIRM_EVERY) {
      port.postMessage(consumed - connection.confirmed);
      connection.confirmed = consumed;
    }
    if (!ended) return;
    this.#connections.delete(id);
    endPort(port, "");
    onEnd(id);
  };

  /** Ends every connection at once, without a word from the server. */
  end(reason: string): void {
    for (const [id, { port, onEnd }] of this.#connections) {
      endPort(port, reason);
      onEnd(id);
    }
    this.#connections.clear();
    this.#arrived = [];
    this.#turn.port1.close();
  }

  #onBytes(id: number, bytes: Uint8Array<ArrayBuffer>): void {
    this.#arrived.push({ id, bytes });
    this.#arrivalsThisTurn++;
    if (this.#arrivalsThisTurn > 1) return;
    this.#askForTurn();
    if (!this.#busy) this.#pass();
  }

  #askForTurn(): void {
    if (this.#turnIsComing) return;
    this.#turnIsComing = true;
    this.#turn.port2.postMessage(null);
  }

  #endTurn(): void {
    this.#turnIsComing = false;
    this.#busy = this.#arrivalsThisTurn > 1;
    this.#arrivalsThisTurn = 0;
    this.#pass();
  }

  /** Go runs until it is idle within each call, so that after the last everything that follows from the bytes is there. */
  #pass(): void {
    const arrived = this.#arrived;
    this.#arrived = [];
    this.#run(() => {
      for (const { id, bytes } of arrived) this.#server.write(id, bytes);
      this.#server.take();
    });
  }

  #run(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#onCrash(error);
    }
  }
}

export function endPort(port: MessagePort, reason: string): void {
  const end: PortMessage = { closed: reason };
  port.postMessage(end);
  port.close();
}

/** From the INFO that a connection begins with. */
function clientId(bytes: Uint8Array<ArrayBuffer>): number | null {
  const found = /"client_id":(\d+)/.exec(new TextDecoder().decode(bytes));
  return found?.[1] === undefined ? null : Number(found[1]);
}
