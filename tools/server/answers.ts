import type { IncomingMessage, ServerResponse } from "node:http";
import type { Target } from "./target.ts";

/** Handles a request, or calls `next` for the handler after it. What it throws, at once or later, is answered as a fault of its own. */
export type Handler = (
  request: IncomingMessage,
  response: ServerResponse,
  next: () => void,
  target: Target,
) => void | Promise<void>;

/** Answers, unless an answer has begun: then it is cut off, which tells a client that it is not whole. */
export function answerJson(response: ServerResponse, status: number, body: unknown): void {
  if (response.headersSent) return void response.destroy();
  response.writeHead(status, { "Content-Type": "application/json", "Cache-Control": "no-store" });
  response.end(`${JSON.stringify(body, null, 2)}\n`);
}

/**
 * Whether the request was addressed to this machine by one of its own names. A page elsewhere whose name was made to point
 * here would send its own name.
 */
export function isForLoopback(request: IncomingMessage): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(request.headers.host ?? "");
}

/** Whether it came over this machine's loopback, from a program or a browser on it. */
export const isFromThisMachine = (request: IncomingMessage): boolean =>
  /^(127\.|::1$|::ffff:127\.)/.test(request.socket.remoteAddress ?? "");

/** What went wrong, in the words of whatever threw it. */
export const wordsOf = (problem: unknown): string =>
  problem instanceof Error ? problem.message : String(problem);
