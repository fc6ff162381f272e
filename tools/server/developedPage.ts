import type { Server } from "node:http";
import { ROOT } from "../paths.ts";
import type { Handler } from "./answers.ts";

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
  server.on("close", () => void vite.close());
  return (request, response, next) => vite.middlewares(request, response, next);
}
