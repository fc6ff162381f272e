import { CONFIRM_EVERY, type PortMessage } from "../domain/server/inTabServer.ts";
import type { GoServer } from "./goProgram.ts";
import { Turns, type Delivery } from "./turns.ts";

/** One client's connection. */
interface Connection {
  readonly port: MessagePort;
  /** Called once, when the connection is over. */
  readonly onEnd: (id: number) => void;
  /** Bytes that the client was told the server has read, modulo 2³². */
  confirmed: number;
  /** The server's own number for it, as monitoring tells it; null until its INFO went by. */
  cid: number | null;
}

/**
 * Carries bytes between MessagePorts and a running server. What comes in one turn of the event loop is handed to the server
 * together, it then runs until it has nothing more to do, and all that it has for a client goes out as one message. A message
 * costs far more than the bytes in it, and what shares one on its way in shares one on its way out.
 *
 * Waiting for the turn to end would delay a lone message for nothing. So the first one of a turn is passed on at once as long as
 * turns have one message, and waits for the others as soon as the last turn had several.
 */
export class Bridge {
  readonly #server: GoServer;
  readonly #turns: Turns;
  readonly #turn = new MessageChannel();
  readonly #connections = new Map<number, Connection>();
  /** Called for what goes wrong in the program itself. */
  readonly #onCrash: (error: unknown) => void;
  #arrivalsThisTurn = 0;
  #turnIsComing = false;
  /** Something waits for the turn: it is for more than to see whether there was one arrival or several. */
  #wanted = false;
  #busy = false;

  constructor(server: GoServer, onCrash: (error: unknown) => void) {
    this.#server = server;
    this.#onCrash = onCrash;
    this.#turns = new Turns(server, (delivery) => this.#deliver(delivery));
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
      this.#turns.close(id);
      this.askForTurn();
    };
    port.onmessage = ({ data }: MessageEvent<PortMessage>) => {
      if (!this.#connections.has(id)) return;
      if (data instanceof Uint8Array) return this.#onBytes(id, data);
      if (typeof data !== "number") return close();
      this.#turns.confirm(id, data);
      this.askForTurn();
    };
    // The other end is gone without a word. Not every browser tells.
    port.addEventListener("close", close);
    return { id, close };
  }

  /** The server's own number for a connection. */
  cidOf(id: number): number | null {
    return this.#connections.get(id)?.cid ?? null;
  }

  /** Ends every connection at once, without a word from the server. */
  end(reason: string): void {
    for (const [id, { port, onEnd }] of this.#connections) {
      endPort(port, reason);
      onEnd(id);
    }
    this.#connections.clear();
    this.#turn.port1.close();
  }

  /** Makes a turn come that takes what the server has. */
  askForTurn(): void {
    this.#wanted = true;
    this.#startTurn();
  }

  #startTurn(): void {
    if (this.#turnIsComing) return;
    this.#turnIsComing = true;
    this.#turn.port2.postMessage(null);
  }

  #onBytes(id: number, bytes: Uint8Array<ArrayBuffer>): void {
    this.#turns.write(id, bytes);
    this.#arrivalsThisTurn++;
    this.#startTurn();
    if (this.#busy || this.#arrivalsThisTurn > 1) this.#wanted = true;
    else this.#take();
  }

  #endTurn(): void {
    this.#turnIsComing = false;
    this.#busy = this.#arrivalsThisTurn > 1;
    this.#arrivalsThisTurn = 0;
    // After a lone message, which was passed on at once, there is mostly nothing left to do.
    if (!this.#wanted) return;
    this.#wanted = false;
    this.#take();
  }

  #take(): void {
    try {
      this.#turns.take();
    } catch (error) {
      this.#onCrash(error);
    }
  }

  #deliver({ id, bytes, consumed, ended }: Delivery): void {
    const connection = this.#connections.get(id);
    if (!connection) return;
    const { port, onEnd } = connection;
    if (bytes) {
      connection.cid ??= clientId(bytes);
      port.postMessage(bytes, [bytes.buffer]);
    }
    const news = (consumed - connection.confirmed) >>> 0;
    if (news >= CONFIRM_EVERY) {
      port.postMessage(news);
      connection.confirmed = consumed;
    }
    if (!ended) return;
    this.#connections.delete(id);
    endPort(port, "");
    onEnd(id);
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
