/** What a handler is given and what it may do. The same for built-in handlers and for a learner's own. */

export interface Request {
  readonly subject: string;
  /** The payload as text; what is not UTF-8 in it reads as `�`. */
  readonly text: string;
  /** The payload as it crossed the wire. */
  readonly data: Uint8Array;
  /** First value of each header, by its name as sent. */
  readonly headers: Readonly<Record<string, string>>;
  /** The payload parsed as JSON. Throws a `SyntaxError` when it is none. */
  json(): unknown;
}

export interface Context {
  /** The responder's name. */
  readonly name: string;
  /** Lives as long as the responder: state between requests. */
  readonly state: Record<string, unknown>;
  /**
   * Ask another service through this responder's own connection. Text and bytes are sent as they are, anything else as JSON. It waits
   * for `timeoutMs`, 1000 unless told.
   * Throws an error whose `outcome` says why there is no reply: `timedOut`, `noResponders`, `connectionLost` …
   */
  ask(
    subject: string,
    payload?: unknown,
    options?: { timeoutMs?: number; headers?: Readonly<Record<string, string>> },
  ): Promise<Request>;
  sleep(ms: number): Promise<void>;
  /** 0 ≤ n < 1, from the responder's seed. */
  random(): number;
  /** Shown on the responder. */
  log(...parts: unknown[]): void;
}

/**
 * Returns the reply: text and bytes (`Uint8Array`, `ArrayBuffer`) are sent as they are, anything else as JSON, `undefined` as an empty
 * reply. An object with an `error` member is an error reply. A throw is answered with `{ "error": message }`, and so is what JSON has no
 * form for, such as a `Map`.
 */
export type Handler = (request: Request, context: Context) => unknown;
