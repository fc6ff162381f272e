import { createServer, type Server } from "node:http";
import type { NatsServer } from "../nats/natsServer.ts";
import { answerJson, type Handler } from "./answers.ts";
import { controlHandler } from "./control.ts";
import { monitoringHandler } from "./monitoring.ts";
import { pageHeaders, sandboxHeaders } from "./policy.ts";

export interface AppServerOptions {
  readonly port: number;
  readonly host?: string;
  readonly mode: "built" | "development";
  /** Serves the page itself. It is given the server, which Vite's hot reload listens on too. */
  readonly content: (server: Server) => Handler | Promise<Handler>;
  /** Where the page finds NATS. */
  readonly webSocketUrl: string;
  readonly monitoringUrl: string;
  /** Where programs that are not the page find NATS: over TCP. */
  readonly clientUrl: string;
  /** The nats-server that the page may end and start; null where it is not ours. */
  readonly natsServer: { readonly server: NatsServer; readonly version: string } | null;
}

export interface AppServer {
  readonly url: string;
  close(): Promise<void>;
}

/** What `roundtrip.json` tells the page about its surroundings. */
export interface Surroundings {
  readonly server: string;
  readonly monitoring: string;
  readonly client: string;
  readonly control: string | null;
}

/** Serves the page, tells it where its NATS server is, and passes monitoring on. */
export async function startAppServer(options: AppServerOptions): Promise<AppServer> {
  const { port, host = "127.0.0.1", mode, webSocketUrl, monitoringUrl, clientUrl, natsServer } = options;
  const forSandbox = sandboxHeaders(mode);
  const server = createServer();
  const content = await options.content(server);
  const surroundings: Surroundings = {
    server: webSocketUrl,
    monitoring: "./monitoring",
    client: clientUrl,
    control: natsServer ? "./control/server" : null,
  };
  const handlers: readonly Handler[] = [
    ({ url = "" }, response, next) => {
      const path = url.split("?")[0] ?? "";
      const sent = path === "/sandbox.html" ? forSandbox : pageHeaders(mode, path);
      for (const [name, value] of Object.entries(sent)) response.setHeader(name, value);
      next();
    },
    (request, response, next) => {
      if (request.url?.split("?")[0] !== "/roundtrip.json") return next();
      answerJson(response, 200, surroundings);
    },
    monitoringHandler(monitoringUrl),
    ...(natsServer ? [controlHandler(natsServer.server, natsServer.version)] : []),
    content,
    (request, response) => answerJson(response, 404, { error: `There is no ${request.url}.` }),
  ];
  server.on("request", (request, response) => {
    const from = (index: number): void => handlers[index]?.(request, response, () => from(index + 1));
    from(0);
  });

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ port, host }, resolve);
  });
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
