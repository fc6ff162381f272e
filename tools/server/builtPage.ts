import sirv from "sirv";
import type { Handler } from "./answers.ts";

/**
 * Serves the built page from its folder, in which each request looks anew: a build while it is served gives files other names, lengths,
 * and ends. Files whose names carry their content's hash are kept for good. */
export function builtPage(folder: string): Handler {
  const serve = sirv(folder, {
    dev: true,
    etag: true,
    setHeaders: (response, path) => {
      const kept = path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache";
      response.setHeader("Cache-Control", kept);
    },
  });
  return (request, response, next) => {
    // The file that is sent can be gone between the look and the reading.
    response.on("pipe", (file) => file.on("error", () => response.destroy()));
    serve(request, response, next);
  };
}
