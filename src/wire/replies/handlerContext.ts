import { describeReasonIfAny } from "../../domain/narration/describeReason.ts";
import type { ExchangeKey } from "../../domain/events/events.ts";
import type { Outcome } from "../../domain/events/outcomes.ts";
import { parseHeadersBlock } from "../../domain/messages/headersBlock.ts";
import { withoutJsonForm } from "../../domain/messages/jsonForm.ts";
import { logWords } from "../../domain/messages/logWords.ts";
import { asWritten } from "../../domain/messages/sharedServer.ts";
import { encodeText } from "../connection/text.ts";
import { type Exchanges, NESTED } from "../requests/exchanges.ts";
import type { Message } from "../connection/message.ts";
import { prepareRequest } from "../requests/preparedRequest.ts";

/** The shapes of src/handlers/interface.ts, as this folder sees them: the two meet in src/workers. */
export interface HandlerRequest {
  readonly subject: string;
  readonly text: string;
  readonly data: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
  json(): unknown;
}

/** `headers` by their names; a value that is no text is written as one. */
export interface AskOptions {
  readonly timeoutMs?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface HandlerContext {
  readonly name: string;
  readonly state: Record<string, unknown>;
  ask(subject: string, payload?: unknown, options?: AskOptions): Promise<HandlerRequest>;
  sleep(ms: number): Promise<void>;
  random(): number;
  log(...parts: unknown[]): void;
}

export type HandlerFunction = (request: HandlerRequest, context: HandlerContext) => unknown;

/** Why `ask` has no reply to give. */
export class AskError extends Error {
  override readonly name = "AskError";
  readonly outcome: Outcome;

  constructor(outcome: Outcome, message: string) {
    super(message);
    this.outcome = outcome;
  }
}

/** What every handler of one responder shares. */
export interface ContextParts {
  readonly name: string;
  readonly state: Record<string, unknown>;
  readonly exchanges: Exchanges;
  readonly writeLog: (line: string, exchange: ExchangeKey) => void;
  readonly random: () => number;
}

const DEFAULT_ASK_TIMEOUT_MS = 1000;
const LONGEST_LOG_LINE = 4096;

export const requestOf = (message: Message, prefix?: string): HandlerRequest =>
  new ReceivedRequest(message, asWritten(message.subject, prefix));

/** What most handlers never look at, the bytes, is made when it is asked for. */
class ReceivedRequest implements HandlerRequest {
  readonly subject: string;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly #received: Uint8Array | null;
  #data: Uint8Array | null;

  constructor(message: Message, subject: string) {
    this.subject = subject;
    this.text = message.text;
    this.headers = headersOf(message);
    this.#received = message.bytes;
    this.#data = message.bytes;
  }

  get data(): Uint8Array {
    return (this.#data ??= encodeText(this.text));
  }

  json(): unknown {
    return JSON.parse(this.text);
  }

  /** The text where it says all, else the bytes: what a sandbox is handed. */
  static payloadOf(request: HandlerRequest): string | Uint8Array {
    return request instanceof ReceivedRequest ? (request.#received ?? request.text) : request.data;
  }
}

export const { payloadOf } = ReceivedRequest;

const NO_HEADERS: Readonly<Record<string, string>> = Object.freeze({});

function headersOf({ headers }: Message): Readonly<Record<string, string>> {
  if (headers.length === 0) return NO_HEADERS;
  // Names come from anywhere: `__proto__` must be a name like any other. `create` gives any.
  const first: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const { name, value } of parseHeadersBlock(headers)?.headers ?? []) first[name] ??= value;
  return first;
}

/** The context of one run of a handler: what it asks for is recorded as asked for by this exchange. */
export function contextOf(exchange: ExchangeKey, parts: ContextParts): HandlerContext {
  const { name, state, exchanges, writeLog, random } = parts;
  return {
    name,
    state,
    random,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    log(...shown) {
      writeLog(shown.map(logWords).join(" ").slice(0, LONGEST_LOG_LINE), exchange);
    },
    async ask(subject, payload, options) {
      const headers = Object.entries(options?.headers ?? {}).map(([name, value]) => ({
        name,
        value: String(value),
      }));
      const request = prepareRequest(subject, headers, options?.timeoutMs ?? DEFAULT_ASK_TIMEOUT_MS);
      const end = await exchanges.request(request, bytesOf(payload, "The payload"), exchange, NESTED);
      if (end.message === null) throw new AskError(end.outcome, describeReasonIfAny(end.reason));
      return requestOf(end.message);
    },
  };
}

/**
 * Text and bytes as they are, nothing as nothing, anything else as JSON. Throws where JSON has no form for a part of it, with the place;
 * `what` begins that sentence.
 */
export function bytesOf(value: unknown, what: string): Uint8Array {
  if (typeof value === "string") return encodeText(value);
  if (value === undefined) return NOTHING;
  if (value instanceof Uint8Array) return value;
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  const without = withoutJsonForm(value);
  if (without !== null) throw new TypeError(`${what}${without}, which JSON has no form for.`);
  return encodeText(JSON.stringify(value) ?? "");
}

const NOTHING = new Uint8Array(0);
