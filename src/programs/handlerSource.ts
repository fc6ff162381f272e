/**
 * A handler's module as an expression that gives its function: in a function of its own, where its names meet no others. The text
 * stays as it is but for `export default`.
 */
export function handlerExpression(source: string): string[] {
  const exported =
    /^[ \t]*export\s+default\s+(?:(async\s+)?function\s*(\*?)\s*([\p{ID_Start}$_][\p{ID_Continue}$]*)|(class)\b)?/mu.exec(
      source,
    );
  if (!exported) {
    return [
      "(() => {",
      ...source.split("\n"),
      '  throw new Error("The handler has no default export.");',
      "})()",
    ];
  }
  const name = exported[3];
  const body =
    name === undefined
      ? source.replace(/^([ \t]*)export\s+default\s+/mu, "$1const handler = ")
      : source.replace(/^([ \t]*)export\s+default\s+/mu, "$1");
  return ["(() => {", ...body.trimEnd().split("\n"), `return ${name ?? "handler"};`, "})()"];
}

/** Whether a handler takes a second parameter, its context. When in doubt it does. */
export function takesContext(source: string): boolean {
  const parameters =
    /export\s+default\s+(?:async\s+)?(?:function\s*\*?\s*[\p{ID_Continue}$]*\s*)?\(([^()]*)\)/u.exec(
      source,
    )?.[1];
  return parameters === undefined || parameters.includes(",") || parameters.includes("...");
}
