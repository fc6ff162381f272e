import { answerJson, isForLoopback, type Handler } from "./answers.ts";

const PREFIX = "/monitoring/";
const READABLE = new Set(["varz", "connz", "subsz", "routez", "accountz", "healthz", "jsz"]);
const ANSWER_MS = 5000;

/**
 * Passes nats-server's monitoring on through the page's own origin: older versions send no CORS headers, and so the page's
 * policy needs no other address. Read only.
 */
export function monitoringHandler(monitoringUrl: string): Handler {
  return async (request, response, next, { path, query }) => {
    if (!path.startsWith(PREFIX)) return next();
    const name = path.slice(PREFIX.length);
    if (!isForLoopback(request)) return answerJson(response, 403, { error: "Open the page as localhost." });
    if (request.method !== "GET") return answerJson(response, 405, { error: "Monitoring is read with GET." });
    if (!READABLE.has(name)) {
      return answerJson(response, 404, { error: `There is ${[...READABLE].join(", ")}, but not ${name}.` });
    }
    // Would make nats-server answer with a script instead of JSON.
    query.delete("callback");
    let status: number;
    let body: string;
    try {
      const answer = await fetch(new URL(`${name}?${query}`, `${monitoringUrl}/`), {
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      status = answer.status;
      // It can also end while it answers.
      body = await answer.text();
    } catch {
      return answerJson(response, 502, { error: "nats-server's monitoring does not answer. Does it run?" });
    }
    response.writeHead(status, { "Content-Type": "application/json", "Cache-Control": "no-store" });
    response.end(body);
  };
}
