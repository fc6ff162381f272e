import sirv from "sirv";
import type { Handler } from "./answers.ts";

/** Serves the built page from its folder. Files whose names carry their content's hash are kept for good. */
export function builtPage(folder: string): Handler {
  const serve = sirv(folder, {
    etag: true,
    setHeaders: (response, path) => {
      const kept = path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache";
      response.setHeader("Cache-Control", kept);
    },
  });
  return (request, response, next) => serve(request, response, next);
}
