import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { NatsServer } from "../nats/natsServer.ts";
import { answerJson, wordsOf, type Handler } from "./answers.ts";
import { createComparison } from "./comparison.ts";
import { controlHandler } from "./control.ts";
import { monitoringHandler } from "./monitoring.ts";
import { pageHeaders, sandboxHeaders } from "./policy.ts";
import { readTarget } from "./target.ts";

export interface AppServerOptions {
  readonly port: number;
  readonly host?: string;
  readonly mode: "built" | "development";
  /** Serves the page itself. It is given the server, which Vite's hot reload listens on too. */
  readonly content: (server: Server) => Handler | Promise<Handler>;
  /** Where the page finds NATS; `in-tab` in the browser itself. */
  readonly webSocketUrl: string;
  /** Null for a server in the browser, whose monitoring the page asks itself. */
  readonly monitoringUrl: string | null;
  /** Where programs that are not the page find NATS: over TCP. Null where none can. */
  readonly clientUrl: string | null;
  /** Where this program itself finds NATS over TCP, where that is not `clientUrl`. */
  readonly ownClientUrl?: string;
  /** The nats-server that the page may end and start; null where it is not ours. */
  readonly natsServer: { readonly server: NatsServer; readonly version: string } | null;
  /** The sites whose pages may have this one in a frame and use its server there. */
  readonly framers?: readonly string[];
}

export interface AppServer {
  readonly url: string;
  close(): Promise<void>;
}

/** What `roundtrip.json` tells the page about its surroundings. */
export interface Surroundings {
  readonly server: string;
  readonly monitoring: string | null;
  readonly client: string | null;
  readonly control: string | null;
  /** Where this program offers a handler over HTTP, to compare it with NATS. Null where it has no way to NATS itself. */
  readonly comparison: string | null;
  /**
   * The sites that may have the page in a frame and use this server there; no other site can have it in a frame then. Empty where
   * none was listed: then any site may, and the page there uses none but the server in the browser.
   */
  readonly framers: readonly string[];
}

/** Serves the page, tells it where its NATS server is, and passes monitoring on. */
export async function startAppServer(options: AppServerOptions): Promise<AppServer> {
  const { port, host = "127.0.0.1", mode, webSocketUrl, monitoringUrl, clientUrl, natsServer } = options;
  const { framers = [] } = options;
  const served = { mode, framers };
  const forSandbox = sandboxHeaders(served);
  const server = createServer();
  const content = await options.content(server);
  const ownClientUrl = options.ownClientUrl ?? clientUrl;
  const comparison = ownClientUrl === null ? null : createComparison(ownClientUrl);
  const surroundings: Surroundings = {
    server: webSocketUrl,
    monitoring: monitoringUrl === null ? null : "./monitoring",
    client: clientUrl,
    control: natsServer ? "./control/server" : null,
    comparison: comparison ? "./comparison" : null,
    framers,
  };
  const handlers: readonly Handler[] = [
    (_request, response, next, { path }) => {
      if (path !== "/roundtrip.json") return next();
      answerJson(response, 200, surroundings);
    },
    ...(monitoringUrl === null ? [] : [monitoringHandler(monitoringUrl)]),
    ...(natsServer ? [controlHandler(natsServer.server, natsServer.version)] : []),
    ...(comparison ? [comparison.handler] : []),
    content,
    (_request, response, _next, { written }) =>
      answerJson(response, 404, { error: `There is no ${written}.` }),
  ];

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const target = readTarget(request.url);
    const { path = "", query } = target ?? {};
    const sent = path === "/sandbox.html" ? forSandbox : pageHeaders(served, path, query);
    for (const [name, value] of Object.entries(sent)) response.setHeader(name, value);
    // Nothing that follows a wish for another protocol, such as curl's for HTTP/2, is read as a request.
    if (request.headers.upgrade !== undefined) response.setHeader("Connection", "close");
    if (target === null) return answerJson(response, 400, { error: "The request names no path." });
    // What serves the page reads it too. Nothing is served in parts, which would be read otherwise than HTTP has it.
    request.url = target.written;
    delete request.headers.range;
    const from = (index: number): void => {
      const handle = async (): Promise<void> =>
        handlers[index]?.(request, response, () => from(index + 1), target);
      handle().catch((problem: unknown) => answerJson(response, 500, { error: wordsOf(problem) }));
    };
    from(0);
  }
  server.on("request", (request, response) => {
    // A client that is gone before it was answered is no fault of anybody's here.
    for (const stream of [request, response]) stream.on("error", () => {});
    answer(request, response);
  });
  // Asks for a tunnel, which nobody has here.
  server.on("connect", (_request, socket) => {
    socket.on("error", () => {});
    socket.end("HTTP/1.1 405 Method Not Allowed\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
  });

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ port, host }, resolve);
  });
  return {
    url: `http://127.0.0.1:${port}/`,
    close: async () => {
      await comparison?.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}
