import type { ByteSocket } from "./tappedSocket.ts";
import { CONFIRM_EVERY, type Dial, type PortMessage } from "../../domain/server/inTabServer.ts";

/** The way from a worker to the nats-server in this browser. */
export interface Dialer {
  readonly port: MessagePort;
  /** The name of a Web Lock that this worker holds as long as it lives, as soon as it does; null where there are none. */
  readonly liveness: Promise<string | null>;
}

const CONNECTING = 0;
const OPEN = 1;
const CLOSED = 3;

/** What `TappedSocket` needs of a WebSocket, over a MessagePort to the nats-server in this browser. */
export class PortSocket implements ByteSocket {
  onopen: ByteSocket["onopen"] = null;
  onmessage: ByteSocket["onmessage"] = null;
  onclose: ByteSocket["onclose"] = null;
  onerror: ByteSocket["onerror"] = null;
  binaryType = "arraybuffer";
  readyState = CONNECTING;
  /** Bytes that the server has not said it has read. It says so for every 64 kB, so a rest below that tells nothing. */
  #unread = 0;
  #unconfirmed = 0;
  readonly #port: MessagePort;

  constructor(dialer: Dialer) {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.onmessage = ({ data }: MessageEvent<PortMessage>) => this.#receive(data);
    // The server's worker is gone without a word. Not every browser tells.
    port1.addEventListener("close", () => this.#end(""));
    void dialer.liveness.then((liveness) => {
      const dial: Dial = { liveness };
      dialer.port.postMessage(dial, [port2]);
    });
  }

  get bufferedAmount(): number {
    return this.#unread < CONFIRM_EVERY ? 0 : this.#unread;
  }

  send(bytes: Uint8Array<ArrayBuffer>): void {
    if (this.readyState !== OPEN) return;
    this.#unread += bytes.length;
    // What they lie in is used again, and a view would be sent with all of it.
    const copy = bytes.slice();
    const message: PortMessage = copy;
    this.#port.postMessage(message, [copy.buffer]);
  }

  close(): void {
    if (this.readyState === CLOSED) return;
    const end: PortMessage = { closed: "" };
    this.#port.postMessage(end);
    this.#end("");
  }

  #receive(message: PortMessage): void {
    if (this.readyState === CLOSED) return;
    if (typeof message === "number") {
      this.#unread -= message;
      return;
    }
    if (!(message instanceof Uint8Array)) return this.#end(message.closed);
    if (this.readyState === CONNECTING) {
      this.readyState = OPEN;
      this.onopen?.(new Event("open"));
    }
    this.#unconfirmed += message.length;
    if (this.#unconfirmed >= CONFIRM_EVERY) {
      const confirmed: PortMessage = this.#unconfirmed;
      this.#port.postMessage(confirmed);
      this.#unconfirmed = 0;
    }
    this.onmessage?.(new MessageEvent("message", { data: message.buffer }));
  }

  #end(reason: string): void {
    if (this.readyState === CLOSED) return;
    this.readyState = CLOSED;
    this.#port.close();
    this.onclose?.(new CloseEvent("close", { reason }));
  }
}
