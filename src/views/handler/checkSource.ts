import { parse, type Program } from "acorn";
import { refusedInCode } from "../../domain/base/characters.ts";
import { checkHandlerSource } from "../../domain/setup/handlerSource.ts";

/** What is wrong with a handler's source, and where: offsets into it, and the line, from 1. */
export interface SourceProblem {
  readonly message: string;
  readonly from: number;
  readonly to: number;
  readonly line: number;
}

/** Finds what keeps a source from being loaded as a handler; null for nothing. What it does when it runs is another matter. */
export function checkSource(source: string): SourceProblem | null {
  const misleading = refusedInCode(source);
  if (misleading) return problemAt(source, misleading.at, misleading.at + 1, misleading.message);
  const tooLong = checkHandlerSource(source);
  if (tooLong !== null) return problemAt(source, 0, 0, tooLong);
  try {
    return checkProgram(source, parse(source, { ecmaVersion: "latest", sourceType: "module" }));
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) throw thrown;
    const { pos, message } = read(thrown);
    const to = /^[\w$]+/.exec(source.slice(pos))?.[0].length ?? 1;
    return problemAt(source, pos, Math.min(source.length, pos + to), message);
  }
}

function checkProgram(source: string, { body }: Program): SourceProblem | null {
  for (const node of body) {
    const imports = node.type === "ImportDeclaration" || ("source" in node && Boolean(node.source));
    if (imports) {
      return problemAt(
        source,
        node.start,
        node.end,
        "A handler cannot import anything: write all that it needs here.",
      );
    }
  }
  const found = body.find((node) => node.type === "ExportDefaultDeclaration");
  if (found) return null;
  const names = body.some(
    (node) =>
      node.type === "ExportNamedDeclaration" &&
      node.specifiers.some(({ exported }) => "name" in exported && exported.name === "default"),
  );
  if (names) return null;
  return problemAt(
    source,
    0,
    0,
    "It has no handler yet: export default function answer(request, context) { … }",
  );
}

/** acorn says where in the error, and again in brackets at the end of its words. */
function read(error: SyntaxError): { pos: number; message: string } {
  const pos = "pos" in error && typeof error.pos === "number" ? error.pos : 0;
  return { pos, message: error.message.replace(/ \(\d+:\d+\)$/, "") };
}

function problemAt(source: string, from: number, to: number, message: string): SourceProblem {
  return { message, from, to, line: source.slice(0, from).split("\n").length };
}
