import type { HandlerRef } from "../../domain/setup/setup.ts";
import type { HandlerSource } from "../../programs/program.ts";

/** Every file in src/handlers that has a handler, as it is written, by its name without the ending. */
const files = import.meta.glob<string>("../../handlers/*.js", {
  eager: true,
  query: "?raw",
  import: "default",
});

const sources = new Map(
  Object.entries(files).map(([path, source]) => [path.replace(/^.*\/|\.js$/g, ""), source]),
);

/** What runs in the page for a responder's handler. */
export const sourceOf = (handler: HandlerRef): HandlerSource =>
  handler.kind === "builtin"
    ? { builtin: handler.id, source: sources.get(handler.id) ?? "" }
    : { builtin: null, source: handler.source };

/** A built-in handler's source by its id. */
export const builtinSource = (id: string): string | undefined => sources.get(id);

/** The id of the built-in handler that has this very source. */
export const builtinWith = (source: string): string | undefined =>
  [...sources].find(([, each]) => each === source)?.[0];
