import type { ExchangeKey } from "../domain/events/events.ts";
import type { Outcome } from "../domain/events/outcomes.ts";
import { parseHeadersBlock } from "../domain/messages/headersBlock.ts";
import { asWritten } from "../domain/messages/sharedServer.ts";
import { encodeText } from "./text.ts";
import type { Exchanges } from "./exchanges.ts";
import type { Message } from "./message.ts";
import { prepareRequest } from "./preparedRequest.ts";

/** The shapes of src/handlers/interface.ts, as this folder sees them: the two meet in src/workers. */
export interface HandlerRequest {
  readonly subject: string;
  readonly text: string;
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

export function requestOf(message: Message, prefix?: string): HandlerRequest {
  const { text } = message;
  return {
    subject: asWritten(message.subject, prefix),
    text,
    headers: headersOf(message),
    json: (): unknown => JSON.parse(text),
  };
}

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
      writeLog(shown.map(wordsOf).join(" ").slice(0, LONGEST_LOG_LINE), exchange);
    },
    async ask(subject, payload, options) {
      const headers = Object.entries(options?.headers ?? {}).map(([name, value]) => ({
        name,
        value: String(value),
      }));
      const request = prepareRequest(subject, headers, options?.timeoutMs ?? DEFAULT_ASK_TIMEOUT_MS);
      const purpose = { link: exchange, nested: true, attempt: 0, gather: null };
      const end = await exchanges.request(request, bytesOf(payload), purpose);
      if (end.message === null) throw new AskError(end.outcome, end.reason);
      return requestOf(end.message);
    },
  };
}

/** A string as it is, nothing as nothing, anything else as JSON. Throws what `JSON.stringify` throws. */
export function bytesOf(value: unknown): Uint8Array {
  if (typeof value === "string") return encodeText(value);
  // What JSON has no word for, such as a function, is nothing.
  return encodeText(JSON.stringify(value) ?? "");
}

function wordsOf(part: unknown): string {
  if (typeof part === "string") return part;
  if (part instanceof Error) return String(part);
  try {
    return JSON.stringify(part) ?? String(part);
  } catch {
    return String(part);
  }
}
