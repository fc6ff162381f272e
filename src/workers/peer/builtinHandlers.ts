import type { Handler } from "../../handlers/interface.ts";

/** Every file in src/handlers that has a handler, by its name without the ending. */
const modules = import.meta.glob<{ readonly default: Handler }>("../../handlers/*.js", { eager: true });

const byId = new Map(
  Object.entries(modules).map(([path, { default: handler }]) => [path.replace(/^.*\/|\.js$/g, ""), handler]),
);

export const builtinHandler = (id: string): Handler | undefined => byId.get(id);
