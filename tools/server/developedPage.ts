import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { ROOT } from "../paths.ts";
import type { Handler } from "./answers.ts";
import { readTarget } from "./target.ts";

/** Serves the page from its sources with Vite's hot reload, whose WebSocket shares the page's port. */
export async function developedPage(server: Server): Promise<Handler> {
  // Only here: a start without hot reload does without the hundreds of megabytes that Vite takes.
  const { createServer } = await import("vite");
  const vite = await createServer({
    root: ROOT,
    appType: "spa",
    logLevel: "warn",
    server: { middlewareMode: true, hmr: { server } },
  });
  server.on("close", () => void vite.close().catch(() => {}));
  // Before Vite's own, which throws at what is no address and leaves unanswered what is not for it.
  server.prependListener("upgrade", refuseOthers);
  return (request, response, next) => vite.middlewares(request, response, next);
}

const HOT_RELOAD = new Set(["vite-hmr", "vite-ping"]);

function refuseOthers(request: IncomingMessage, socket: Duplex): void {
  const target = readTarget(request.url);
  request.url = target?.written ?? "/";
  if (target?.path === "/" && HOT_RELOAD.has(request.headers["sec-websocket-protocol"] ?? "")) return;
  delete request.headers["sec-websocket-protocol"];
  socket.on("error", () => {});
  socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
}
