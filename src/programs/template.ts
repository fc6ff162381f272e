import { commentLines } from "./literals.ts";

/** How a language writes what a template's holes are filled with. */
export interface Dialect {
  /** What begins a comment that ends with its line. */
  readonly comment: string;
  readonly literal: (text: string) => string;
}

/** A piece of a program that is written in its language already, such as an expression. */
export interface Code {
  readonly code: string;
}

/** A text becomes a literal or, in a comment, itself; a list is for `@each`. Null and false are for `@if` only. */
export type Hole = string | number | boolean | null | Code | readonly Holes[];
export interface Holes {
  readonly [name: string]: Hole;
}

export const code = (text: string): Code => ({ code: text });

const DIRECTIVE = /^\s*(?:\/\/|#) @(if|else|end|each)\b(?: (!?)(\w+))?$/;
const HOLE = /__([A-Za-z]\w*?)__/;
const EACH_HOLE = new RegExp(HOLE, "g");

/**
 * Fills the holes of a real source. A hole is a name between double underscores, so that its language reads it as a name:
 * `__subject__`. A line of its own says what is left out: `// @if retry`, `// @if !retry`, `// @else`, `// @end`; and what is
 * repeated: `// @each headers`. In Python and a shell these begin with `#`. What fills a hole is never read again.
 */
export function fillTemplate({ comment, literal }: Dialect, template: string, holes: Holes): string {
  const out: string[] = [];
  // Where something is left out, empty lines before and after it meet: as many stay as the longer run has.
  let blanks = 0;
  let run = 0;
  const write = (line: string): void => {
    for (; blanks > 0; blanks--) if (out.length > 0) out.push("");
    run = 0;
    out.push(line);
  };
  const textOf = (name: string, scope: Holes): string => {
    const hole = holeOf(name, scope);
    if (typeof hole === "string") return literal(hole);
    if (typeof hole === "number") return String(hole);
    if (typeof hole === "object" && hole !== null && "code" in hole) return hole.code;
    throw new Error(
      `The hole ${name} of a template has nothing that could be written: ${JSON.stringify(hole)}`,
    );
  };
  const writeLine = (line: string, scope: Holes): void => {
    const [, lead = "", said] = new RegExp(`^(\\s*${comment}\\s*)(.*)$`).exec(line) ?? [];
    if (said !== undefined && HOLE.test(said)) {
      const words = said.replace(EACH_HOLE, (_, name: string) => wordsOf(name, scope));
      for (const each of commentLines(lead, words)) write(each);
      return;
    }
    const filled = line.replace(EACH_HOLE, (_, name: string) => textOf(name, scope));
    // A line that was nothing but a hole is left out with it.
    if (filled.trim() !== "" || line.trim() === "") write(filled);
  };
  const writeBlock = (block: readonly Node[], scope: Holes): void => {
    for (const node of block) {
      if (typeof node === "string") {
        if (node.trim() === "") blanks = Math.max(blanks, ++run);
        else writeLine(node, scope);
        continue;
      }
      run = 0;
      const hole = holeOf(node.name, scope);
      if (node.kind === "each") {
        if (!isList(hole)) throw new Error(`@each ${node.name} of a template has no list.`);
        for (const item of hole) writeBlock(node.inside, { ...scope, ...item });
      } else {
        writeBlock(isGiven(hole) === node.wanted ? node.inside : node.otherwise, scope);
      }
      run = 0;
    }
  };
  writeBlock(parse(template), holes);
  return `${out.join("\n")}\n`;
}

const isList = (hole: Hole): hole is readonly Holes[] => Array.isArray(hole);

const isGiven = (hole: Hole): boolean => (isList(hole) ? hole.length > 0 : hole !== null && hole !== false);

function holeOf(name: string, scope: Holes): Hole {
  const hole = Object.hasOwn(scope, name) ? scope[name] : undefined;
  if (hole === undefined) throw new Error(`A template has a hole ${name}, and nothing to fill it with.`);
  return hole;
}

function wordsOf(name: string, scope: Holes): string {
  const hole = holeOf(name, scope);
  if (typeof hole === "string" || typeof hole === "number") return String(hole);
  throw new Error(`The hole ${name} of a template stands in a comment, and is no text.`);
}

type Node = string | Block;

interface Block {
  readonly kind: "if" | "each";
  readonly name: string;
  /** Whether `inside` is for where the hole is given, or for where it is not. */
  readonly wanted: boolean;
  readonly inside: Node[];
  readonly otherwise: Node[];
}

function parse(template: string): Node[] {
  const root: Node[] = [];
  const open: { readonly node: Block; into: Node[] }[] = [];
  for (const line of template.trimEnd().split(/\r?\n/)) {
    const [, directive, not, name = ""] = DIRECTIVE.exec(line) ?? [];
    const innermost = open.at(-1);
    if (directive === undefined) (innermost?.into ?? root).push(line);
    else if (directive === "if" || directive === "each") {
      const node: Block = { kind: directive, name, wanted: not === "", inside: [], otherwise: [] };
      (innermost?.into ?? root).push(node);
      open.push({ node, into: node.inside });
    } else if (innermost === undefined) throw new Error(`A template has an @${directive} that ends nothing.`);
    else if (directive === "else") innermost.into = innermost.node.otherwise;
    else open.pop();
  }
  if (open.length > 0)
    throw new Error(`A template never ends its @${open[0]?.node.kind} ${open[0]?.node.name}.`);
  return root;
}
