import { encodeText } from "./text.ts";
import type { Tap } from "./tap.ts";

/** Who ended a socket, and what was said with it. */
export interface SocketEnd {
  readonly by: "client" | "server";
  readonly reason: string;
}

/** As much of a WebSocket as is used here: one to a server elsewhere, or a port to the server in this browser. */
export interface ByteSocket {
  binaryType: string;
  readonly readyState: number;
  readonly bufferedAmount: number;
  onopen: ((event: Event) => void) | null;
  onmessage: ((event: MessageEvent<ArrayBuffer | string>) => void) | null;
  onerror: ((event: Event) => void) | null;
  onclose: ((event: CloseEvent) => void) | null;
  send(bytes: Uint8Array<ArrayBuffer>): void;
  close(): void;
}

export interface TappedSocketOptions {
  readonly socket: ByteSocket;
  readonly tap: Tap;
  /** Epoch ms. */
  readonly clock: () => number;
  /** Called once, when nothing will be sent or received any more. */
  readonly onEnd: (end: SocketEnd) => void;
}

/**
 * The socket that nats.ws is given through its `wsFactory`: a WebSocket with a tap on its bytes, which sends what is written
 * in one turn of the event loop as one frame. Every WebSocket frame costs the browser, the server and the kernel far more
 * than the bytes in it, and under load there are many writes in a turn: with three responders and 64 requests in flight
 * this doubles what goes through.
 *
 * Holding a write until the turn ends would delay a lone one for nothing. So the first write of a turn goes out at once
 * as long as turns have one write, and waits for the others as soon as the last turn had several.
 */
export class TappedSocket {
  onopen: ((event: unknown) => void) | null = null;
  onmessage: ((event: unknown) => void) | null = null;
  onclose: ((event: unknown) => void) | null = null;
  onerror: ((event: unknown) => void) | null = null;
  binaryType = "arraybuffer";
  /** nats.ws waits for this to be 0 before it closes, forever on a dead link. `close` flushes by itself instead. */
  readonly bufferedAmount = 0;

  readonly #socket: ByteSocket;
  readonly #options: TappedSocketOptions;
  readonly #turn = new MessageChannel();
  #held: Uint8Array<ArrayBuffer>[] = [];
  #heldBytes = 0;
  #writesThisTurn = 0;
  /** The last turn that had a write had several. */
  #busy = false;
  #heard = false;
  #crossedBytes = 0;
  #ended = false;

  constructor(options: TappedSocketOptions) {
    this.#options = options;
    this.#socket = options.socket;
    this.#socket.binaryType = "arraybuffer";
    this.#turn.port1.onmessage = () => this.#endTurn();
    this.#socket.onopen = (event) => this.onopen?.(event);
    this.#socket.onmessage = ({ data }: MessageEvent<ArrayBuffer | string>) => {
      if (this.#ended) return;
      const at = options.clock();
      this.#heard = true;
      // nats-server never sends text, but nats.ws would wait for its timeout if something else does.
      const bytes = typeof data === "string" ? encodeText(data) : new Uint8Array(data);
      this.#crossedBytes += bytes.length;
      // Before nats.ws sees it: the event of an arrival precedes the outcome that it causes.
      options.tap.incoming(bytes, at);
      this.onmessage?.({ data: bytes.buffer });
    };
    // A WebSocket tells a page nothing about why it failed; the `close` that follows says all there is.
    this.#socket.onerror = () => {};
    this.#socket.onclose = (event) => {
      // nats.ws waits for its timeout unless a socket that closes before the first INFO also errs.
      if (!this.#heard) this.onerror?.({ message: "the WebSocket was closed before the server spoke" });
      // Before nats.ws, which closes what is closed already, and would be taken for the one who ended it.
      this.#end({ by: "server", reason: event.reason });
      this.onclose?.(event);
    };
  }

  /** Bytes not yet taken by the network: what is held here and what the browser holds. */
  get waitingBytes(): number {
    return this.#heldBytes + this.#socket.bufferedAmount;
  }

  /** Bytes sent and received. */
  get crossedBytes(): number {
    return this.#crossedBytes;
  }

  send(buffer: ArrayBuffer): void {
    if (this.#ended) return;
    this.#held.push(new Uint8Array(buffer));
    this.#heldBytes += buffer.byteLength;
    this.#writesThisTurn++;
    if (this.#writesThisTurn > 1) return;
    this.#turn.port2.postMessage(null);
    if (!this.#busy) this.#flush();
  }

  /** Sends what is held, then closes. Codes that nats.ws passes are not allowed to pages, so none is sent. */
  close(): void {
    this.#flush();
    this.#socket.close();
    this.#end({ by: "client", reason: "" });
  }

  #endTurn(): void {
    this.#busy = this.#writesThisTurn > 1;
    this.#writesThisTurn = 0;
    this.#flush();
  }

  #flush(): void {
    if (this.#held.length === 0) return;
    const bytes = this.#held.length === 1 ? this.#held[0] : concat(this.#held, this.#heldBytes);
    this.#held = [];
    this.#heldBytes = 0;
    // What a socket that is not open is given goes nowhere, and must not be recorded as sent.
    if (bytes === undefined || this.#socket.readyState !== OPEN) return;
    const at = this.#options.clock();
    this.#socket.send(bytes);
    this.#crossedBytes += bytes.length;
    this.#options.tap.outgoing(bytes, at);
  }

  #end(end: SocketEnd): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#held = [];
    this.#heldBytes = 0;
    this.#turn.port1.close();
    this.#options.onEnd(end);
  }
}

/** `WebSocket.OPEN`. */
const OPEN = 1;

function concat(parts: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
