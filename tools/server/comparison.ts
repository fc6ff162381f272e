import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { connect, type Msg, type NatsConnection } from "nats";
import type { Context, Request } from "../../src/handlers/interface.ts";
import lookUpUser from "../../src/handlers/user-lookup.js";
import { answerJson, isForLoopback, wordsOf, type Handler } from "./answers.ts";
import type { Target } from "./target.ts";

const PATH = "/comparison";
/** What the same handler answers on over NATS. */
const SUBJECT = "comparison.user.get";
/** Nobody compares any more: the connection to NATS need not stay. */
const IDLE_MS = 30_000;
/** Of what it is asked, either way. */
const LONGEST_BODY = 65_536;
const TOO_LONG = "That is longer than anybody compares.";

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
  /** Also while it is being made: who asks meanwhile waits for the same one. */
  let connection: Promise<NatsConnection> | null = null;
  let idle: NodeJS.Timeout | undefined;

  function stayAWhile(): void {
    clearTimeout(idle);
    idle = setTimeout(() => void leave(), IDLE_MS);
    idle.unref();
  }

  async function begin(): Promise<void> {
    totals = { kept: none(), new: none() };
    stayAWhile();
    const mine = (connection ??= offerOverNats());
    try {
      const nats = await mine;
      // Somebody may have left meanwhile, and then nothing would come back.
      await Promise.race([nats.flush(), nats.closed().then(() => Promise.reject(new Error("It was left.")))]);
    } catch (problem) {
      // The next one tries anew.
      if (connection === mine) await leave();
      throw problem;
    }
  }

  async function offerOverNats(): Promise<NatsConnection> {
    const nats = await connect({
      servers: clientUrl,
      name: "comparison-server",
      reconnect: false,
      timeout: 3000,
    });
    nats.subscribe(SUBJECT, {
      callback: (problem, message) => {
        if (!problem) void answer(message);
      },
    });
    return nats;
  }

  async function answer(message: Msg): Promise<void> {
    const text = message.data.length > LONGEST_BODY ? null : message.string();
    const reply = text === null ? JSON.stringify({ error: TOO_LONG }) : await replyTo(message.subject, text);
    if (!respond(message, reply)) respond(message, JSON.stringify({ error: "The reply could not be sent." }));
  }

  async function leave(): Promise<void> {
    clearTimeout(idle);
    const leaving = connection;
    connection = null;
    const nats = await leaving?.catch(() => null);
    await nats?.close().catch(() => {});
  }

  async function overHttp(
    request: IncomingMessage,
    response: ServerResponse,
    asNew: boolean,
    text: string,
  ): Promise<void> {
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
    const reply = await replyTo("user.get", text);
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
  }

  async function handler(
    request: IncomingMessage,
    response: ServerResponse,
    next: () => void,
    { path, query }: Target,
  ): Promise<void> {
    if (path !== PATH && path !== `${PATH}/user.get`) return next();
    if (!isForThePage(request)) return answerJson(response, 403, { error: "Only the page itself may ask." });
    const { method } = request;
    if (path === PATH) {
      if (method === "DELETE") await leave();
      if (method === "GET" || method === "DELETE") return answerJson(response, 200, totals);
      if (method !== "POST") return answerJson(response, 405, { error: "Use POST, GET or DELETE." });
      try {
        await begin();
      } catch (problem) {
        const error = `The page's server cannot reach NATS at ${clientUrl}: ${wordsOf(problem)}`;
        return answerJson(response, 502, { error });
      }
      return answerJson(response, 200, { subject: SUBJECT });
    }
    if (method !== "POST") return answerJson(response, 405, { error: "Use POST." });
    const body = await bodyOf(request);
    if (body === null) return answerJson(response, 413, { error: TOO_LONG });
    await overHttp(request, response, query.get("connection") === "new", body);
  }

  return { handler, close: leave };
}

/** The whole of what was sent, or null where it is too long. Rejects when the client ends before it does. */
async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes: Buffer = chunk;
    length += bytes.length;
    if (length <= LONGEST_BODY) chunks.push(bytes);
  }
  return length <= LONGEST_BODY ? Buffer.concat(chunks).toString() : null;
}

/** Whether a reply is on its way: not when it is larger than the server takes, or the connection has ended. */
function respond(message: Msg, reply: string): boolean {
  try {
    message.respond(new TextEncoder().encode(reply));
    return true;
  } catch {
    return false;
  }
}

/** What the handler replies, in the same bytes whichever way it was asked. */
async function replyTo(subject: string, text: string): Promise<string> {
  const data = new TextEncoder().encode(text);
  const request: Request = { subject, text, data, headers: {}, json: (): unknown => JSON.parse(text) };
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
