import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createDoor, type ListenOptions, type Server as Door } from "node:net";
import type { ClassSeat } from "../../src/domain/room/classroom.ts";
import { tunnelWebSockets, type Tunnel } from "../class/natsTunnel.ts";
import type { NatsServer } from "../nats/natsServer.ts";
import { answerJson, isForLoopback, isFromThisMachine, wordsOf, type Handler } from "./answers.ts";
import { createComparison } from "./comparison.ts";
import { controlHandler } from "./control.ts";
import { monitoringHandler } from "./monitoring.ts";
import { pageHeaders, sandboxHeaders } from "./policy.ts";
import { readTarget } from "./target.ts";

export interface AppServerOptions {
  readonly port: number;
  /** Where it listens; on loopback alone where none is named. */
  readonly hosts?: readonly string[];
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
  /**
   * Of a class, whose pages come from other machines too, and have nats-server on this port: what a page is told that is opened on this
   * machine, and where nats-server's WebSocket is.
   */
  readonly classroom?: { readonly seat: ClassSeat; readonly tunnel: Tunnel };
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
  /** Null where it serves no class. */
  readonly class: ClassSeat | null;
}

const TEACHERS_ALONE = /^\/(monitoring|control|comparison)(\/|$)/;

/** Serves the page, tells it where its NATS server is, and passes monitoring on. */
export async function startAppServer(options: AppServerOptions): Promise<AppServer> {
  const { port, hosts = ["127.0.0.1"], mode, webSocketUrl, monitoringUrl, clientUrl, natsServer } = options;
  const { framers = [], classroom } = options;
  const served = { mode, framers };
  const forSandbox = sandboxHeaders(served);
  const server = createServer();
  const content = await options.content(server);
  const ownClientUrl = options.ownClientUrl ?? clientUrl;
  // In a class its nats-server wants a password, and the load is for the class.
  const comparison = ownClientUrl === null || classroom ? null : createComparison(ownClientUrl);
  const surroundings: Surroundings = {
    server: webSocketUrl,
    monitoring: monitoringUrl === null ? null : "./monitoring",
    client: clientUrl,
    control: natsServer ? "./control/server" : null,
    comparison: comparison ? "./comparison" : null,
    framers,
    class: null,
  };
  /** What pages on other machines are told: to join. */
  const forStudents: Surroundings = {
    ...surroundings,
    monitoring: null,
    client: null,
    control: null,
    comparison: null,
    class: { role: "student" },
  };
  const isTeachers = (request: IncomingMessage): boolean =>
    isForLoopback(request) && isFromThisMachine(request);
  const handlers: readonly Handler[] = [
    (request, response, next, { path }) => {
      if (path !== "/roundtrip.json") return next();
      if (classroom === undefined) return answerJson(response, 200, surroundings);
      const { seat } = classroom;
      answerJson(response, 200, isTeachers(request) ? { ...surroundings, class: seat } : forStudents);
    },
    (request, response, next, { path }) => {
      if (classroom === undefined || !TEACHERS_ALONE.test(path) || isTeachers(request)) return next();
      answerJson(response, 403, { error: "This is the teacher's alone." });
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
  if (classroom !== undefined) tunnelWebSockets(server, classroom.tunnel);
  // Asks for a tunnel, which nobody has here.
  server.on("connect", (_request, socket) => {
    socket.on("error", () => {});
    socket.end("HTTP/1.1 405 Method Not Allowed\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
  });

  const [host, ...others] = hosts;
  await listening(server, { port, ...(host !== undefined && { host }) });
  // One more address is one more door to the same server.
  const doors = others.map((other) => ({
    other,
    door: createDoor((socket) => server.emit("connection", socket)),
  }));
  for (const { other, door } of doors) await listening(door, { port, host: other });
  return {
    url: `http://127.0.0.1:${port}/`,
    close: async () => {
      await comparison?.close();
      for (const { door } of doors) door.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

function listening(server: Door, at: ListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(at, resolve);
  });
}
