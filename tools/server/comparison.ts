import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { connect, type Msg, type NatsConnection } from "nats";
import type { Context, Request } from "../../src/handlers/interface.ts";
import lookUpUser from "../../src/handlers/user-lookup.js";
import { answerJson, isForLoopback, type Handler } from "./answers.ts";

const PATH = "/comparison";
/** What the same handler answers on over NATS. */
const SUBJECT = "comparison.user.get";
/** Nobody compares any more: the connection to NATS need not stay. */
const IDLE_MS = 30_000;
const LONGEST_BODY = 65_536;

/** What came over HTTP since the comparison began. Bytes as counted by the sockets: heads and bodies. */
interface HttpTotals {
  requests: number;
  connections: number;
  bytesIn: number;
  bytesOut: number;
}

const none = (): HttpTotals => ({ requests: 0, connections: 0, bytesIn: 0, bytesOut: 0 });

/** There is no responder around it: it needs nothing of its context. */
const context: Context = {
  name: "the page's server",
  state: {},
  ask: () => Promise.reject(new Error("It asks nobody.")),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  random: Math.random,
  log: () => {},
};

export interface Comparison {
  readonly handler: Handler;
  close(): Promise<void>;
}

/**
 * One handler, offered by this one process in two ways, so that a page can compare them: over HTTP and over NATS.
 *
 * - `POST comparison` connects it to NATS and counts anew; answers `{ subject }`, or with 502 why NATS cannot be reached.
 * - `POST comparison/user.get` is the handler over HTTP. With `?connection=new` the connection is closed after the reply, so that
 *   the next request needs a new one. `X-Served` says how many requests the connection has served, this one included.
 * - `GET comparison` tells what crossed HTTP connections, by kind. `DELETE comparison` leaves NATS.
 */
export function createComparison(clientUrl: string): Comparison {
  const served = new WeakMap<Socket, number>();
  const readBefore = new WeakMap<Socket, number>();
  let totals = { kept: none(), new: none() };
  let connected: NatsConnection | null = null;
  let idle: NodeJS.Timeout | undefined;

  function stayAWhile(): void {
    clearTimeout(idle);
    idle = setTimeout(() => void leave(), IDLE_MS);
    idle.unref();
  }

  async function begin(): Promise<void> {
    totals = { kept: none(), new: none() };
    stayAWhile();
    if (connected && !connected.isClosed()) return;
    const nats = await connect({
      servers: clientUrl,
      name: "comparison-server",
      reconnect: false,
      timeout: 3000,
    });
    connected = nats;
    nats.subscribe(SUBJECT, { callback: (_error, message) => void answer(message) });
    await nats.flush();
  }

  async function answer(message: Msg): Promise<void> {
    message.respond(new TextEncoder().encode(await replyTo(message.subject, message.string())));
  }

  async function leave(): Promise<void> {
    clearTimeout(idle);
    const nats = connected;
    connected = null;
    await nats?.close();
  }

  function overHttp(request: IncomingMessage, response: ServerResponse, asNew: boolean, text: string): void {
    stayAWhile();
    const { socket } = request;
    const nth = (served.get(socket) ?? 0) + 1;
    served.set(socket, nth);
    const of = asNew ? totals.new : totals.kept;
    of.requests++;
    if (nth === 1) of.connections++;
    of.bytesIn += socket.bytesRead - (readBefore.get(socket) ?? 0);
    readBefore.set(socket, socket.bytesRead);
    const writtenBefore = socket.bytesWritten;
    response.on("finish", () => (of.bytesOut += socket.bytesWritten - writtenBefore));
    void replyTo("user.get", text).then((reply) => {
      // A service sends no page's policy: HTTP is not charged for it.
      for (const name of response.getHeaderNames()) response.removeHeader(name);
      response.writeHead(200, {
        "Content-Type": "application/json",
        "Content-Length": Buffer.byteLength(reply),
        "Cache-Control": "no-store",
        "X-Served": String(nth),
        ...(asNew ? { Connection: "close" } : {}),
      });
      response.end(reply);
    });
  }
  function handler(request: IncomingMessage, response: ServerResponse, next: () => void): void {
    const url = new URL(request.url ?? "/", "http://localhost");
    if (url.pathname !== PATH && url.pathname !== `${PATH}/user.get`) return next();
    if (!isForThePage(request)) return answerJson(response, 403, { error: "Only the page itself may ask." });
    const { method } = request;
    if (url.pathname === PATH) {
      if (method === "GET") return answerJson(response, 200, totals);
      if (method === "DELETE") return void leave().then(() => answerJson(response, 200, totals));
      if (method !== "POST") return answerJson(response, 405, { error: "Use POST, GET or DELETE." });
      begin().then(
        () => answerJson(response, 200, { subject: SUBJECT }),
        (error: unknown) =>
          answerJson(response, 502, {
            error: `The page's server cannot reach NATS at ${clientUrl}: ${String(error)}`,
          }),
      );
      return;
    }
    if (method !== "POST") return answerJson(response, 405, { error: "Use POST." });
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => {
      body += text;
      if (body.length > LONGEST_BODY) request.destroy();
    });
    request.on("end", () => overHttp(request, response, url.searchParams.get("connection") === "new", body));
  }

  return { handler, close: leave };
}

/** What the handler replies, in the same bytes whichever way it was asked. */
async function replyTo(subject: string, text: string): Promise<string> {
  const request: Request = { subject, text, headers: {}, json: (): unknown => JSON.parse(text) };
  try {
    return JSON.stringify(await lookUpUser(request, context));
  } catch (problem) {
    return JSON.stringify({ error: problem instanceof Error ? problem.message : String(problem) });
  }
}

/** Anybody else could make this process work, or connect. */
function isForThePage(request: IncomingMessage): boolean {
  const site = request.headers["sec-fetch-site"];
  return isForLoopback(request) && (site === undefined || site === "same-origin");
}
