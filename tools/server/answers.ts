import type { IncomingMessage, ServerResponse } from "node:http";

/** Handles a request, or calls `next` for the handler after it. */
export type Handler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

export function answerJson(response: ServerResponse, status: number, body: unknown): void {
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
