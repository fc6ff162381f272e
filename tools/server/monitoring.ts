import { answerJson, isForLoopback, type Handler } from "./answers.ts";

const PREFIX = "/monitoring/";
const READABLE = new Set(["varz", "connz", "subsz", "routez", "accountz", "healthz", "jsz"]);
const ANSWER_MS = 5000;

/**
 * Passes nats-server's monitoring on through the page's own origin: older versions send no CORS headers, and so the page's
 * policy needs no other address. Read only.
 */
export function monitoringHandler(monitoringUrl: string): Handler {
  return (request, response, next) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    if (!url.pathname.startsWith(PREFIX)) return next();
    const name = url.pathname.slice(PREFIX.length);
    if (!isForLoopback(request)) return answerJson(response, 403, { error: "Open the page as localhost." });
    if (request.method !== "GET") return answerJson(response, 405, { error: "Monitoring is read with GET." });
    if (!READABLE.has(name)) {
      return answerJson(response, 404, { error: `There is ${[...READABLE].join(", ")}, but not ${name}.` });
    }
    // Would make nats-server answer with a script instead of JSON.
    url.searchParams.delete("callback");
    fetch(new URL(`${name}${url.search}`, `${monitoringUrl}/`), {
      signal: AbortSignal.timeout(ANSWER_MS),
    }).then(
      async (answer) => {
        const body = await answer.text();
        response.writeHead(answer.status, {
          "Content-Type": "application/json",
          "Cache-Control": "no-store",
        });
        response.end(body);
      },
      () => answerJson(response, 502, { error: "nats-server's monitoring does not answer. Does it run?" }),
    );
  };
}
