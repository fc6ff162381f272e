import { SendRate } from "./sendRate.ts";
import { encodeText } from "./text.ts";
import type { Tap } from "./tap.ts";
import { WriteBuffer } from "./writeBuffer.ts";

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
  /** Takes a copy. */
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
 * The socket that nats.ws is given through its `wsFactory`: a WebSocket with a tap on its bytes. Whoever takes messages from the tap
 * may also publish here, past nats.ws. What is written in one turn of the event loop is sent as one frame. Every WebSocket frame costs the browser, the server and the kernel far more
 * than the bytes in it, and under load there are many writes in a turn: with three responders and 64 requests in flight
 * this doubles what goes through.
 *
 * Holding a write until the turn ends would delay a lone one for nothing. So the first write of a turn goes out as soon as what
 * wrote it is done, as long as turns have one write, and waits for the others as soon as the last turn had several. To be told that
 * a turn has ended costs about as much as a write, so nobody asks for it on account of a lone one: a turn begins where something
 * arrives, or where nothing was written for a ms.
 *
 * Where messages leave so densely that a ms brings several more, a small frame waits for them: replies of several responders come
 * in several turns, and what is sent for each would be taken apart further by the next queue group, until each frame held few.
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
  readonly #held = new WriteBuffer();
  #writesThisTurn = 0;
  /** The end of this turn will be told. */
  #turnEndAsked = false;
  /** When something was last sent, epoch ms. */
  #leftAt = -Infinity;
  /** Writes wait for others: the last turn that had a write had several, or messages leave densely. */
  #busy = false;
  /** Messages leave so densely that nothing waits for the end of a turn, which would have to be told of: a small frame waits for a time. */
  #dense = false;
  readonly #sendRate = new SendRate();
  #holding: ReturnType<typeof setTimeout> | undefined;
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
      // What arrives begins a turn.
      if (!this.#turnEndAsked) this.#writesThisTurn = 0;
      // nats-server never sends text, but nats.ws would wait for its timeout if something else does.
      const bytes = typeof data === "string" ? encodeText(data) : new Uint8Array(data);
      this.#crossedBytes += bytes.length;
      // Before nats.ws sees it: the event of an arrival precedes the outcome that it causes.
      const rest = options.tap.incoming(bytes, at);
      // nats.ws makes an array of what it is given: without copying of a buffer.
      if (rest !== null) this.onmessage?.({ data: rest === bytes ? bytes.buffer : rest });
    };
    // A WebSocket tells a page nothing about why it failed; the `close` that follows in the same task says all there is. Some browsers
    // leave that out where nothing listens.
    this.#socket.onerror = () => {
      setTimeout(() => this.#close({ by: "server", reason: "" }), 0);
    };
    this.#socket.onclose = ({ reason }) => this.#close({ by: "server", reason });
  }

  /** Ends it because what the server sends cannot be read. */
  breakOff(): void {
    this.#close({ by: "client", reason: "" });
    this.#socket.close();
  }

  /** It is closed, by whoever: nats.ws is told, once. */
  #close(end: SocketEnd): void {
    if (this.#ended) return;
    // Before nats.ws, which closes what is closed already, and would be taken for the one who ended it.
    this.#end(end);
    // nats.ws waits for its timeout unless a socket that closes before the first INFO also errs.
    this.onerror?.({ message: "the WebSocket was closed before the server spoke" });
    this.onclose?.({ wasClean: true, code: 1005, reason: end.reason });
  }

  /** Bytes not yet taken by the network: what is held here and what the browser holds. */
  get waitingBytes(): number {
    return this.#held.length + this.#socket.bufferedAmount;
  }

  /** Bytes sent and received. */
  get crossedBytes(): number {
    return this.#crossedBytes;
  }

  send(buffer: ArrayBuffer): void {
    if (this.#ended) return;
    this.#held.append(new Uint8Array(buffer));
    this.#wrote();
  }

  /** A message, behind everything that was written before. One that comes after the end goes nowhere. */
  publish(subject: Uint8Array, reply?: Uint8Array, headers?: Uint8Array, payload?: Uint8Array): void {
    if (this.#ended) return;
    this.#held.publish(subject, reply, headers, payload);
    this.#wrote();
  }

  #wrote(): void {
    this.#writesThisTurn++;
    if (this.#turnEndAsked) return;
    const first = this.#writesThisTurn === 1 || this.#options.clock() - this.#leftAt > LONG_TURN_MS;
    if (first) this.#writesThisTurn = 1;
    if (first && !this.#busy) return queueMicrotask(() => this.#flush());
    this.#turnEndAsked = true;
    if (this.#dense) queueMicrotask(() => this.#endTurn());
    else this.#turn.port2.postMessage(null);
  }

  /** Sends what is held, then closes. Codes that nats.ws passes are not allowed to pages, so none is sent. */
  close(): void {
    this.#flush();
    this.#socket.close();
    this.#end({ by: "client", reason: "" });
  }

  #endTurn(): void {
    this.#turnEndAsked = false;
    this.#dense = this.#sendRate.isDense(this.#options.clock());
    this.#busy = this.#writesThisTurn > 1 || this.#dense;
    this.#writesThisTurn = 0;
    if (this.#dense && this.#sendRate.messagesIn(this.#held.length) < FULL_FRAME)
      this.#holding ??= setTimeout(() => this.#flush(), HOLD_MS);
    else this.#flush();
  }

  #flush(): void {
    clearTimeout(this.#holding);
    this.#holding = undefined;
    if (this.#held.length === 0) return;
    const bytes = this.#held.take();
    // What a socket that is not open is given goes nowhere, and must not be recorded as sent.
    if (this.#socket.readyState !== OPEN) return;
    const at = this.#options.clock();
    this.#socket.send(bytes);
    this.#leftAt = at;
    this.#crossedBytes += bytes.length;
    this.#sendRate.left(this.#options.tap.outgoing(bytes, at), bytes.length, at);
  }

  #end(end: SocketEnd): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#held.clear();
    this.#turn.port1.close();
    clearTimeout(this.#holding);
    this.#options.onEnd(end);
  }
}

/** Two writes that lie further apart than this are of different turns, or nothing would be gained if they shared a frame, in ms. */
const LONG_TURN_MS = 1;
/** So many messages share what a frame costs well enough. */
const FULL_FRAME = 16;
/** How long a frame that is smaller waits, in ms. Timers know nothing shorter. */
const HOLD_MS = 1;

/** `WebSocket.OPEN`. */
const OPEN = 1;
