import bash from "highlight.js/lib/languages/bash";
import go from "highlight.js/lib/languages/go";
import python from "highlight.js/lib/languages/python";
import typescript from "highlight.js/lib/languages/typescript";
import { createLowlight } from "lowlight";
import type { Language } from "../../programs/program.ts";

const lowlight = createLowlight({ typescript, python, go, cli: bash });

/** A stretch of a program: text, or others with a look. */
export type Piece = string | { readonly look: string; readonly pieces: readonly Piece[] };

type Tree = ReturnType<typeof lowlight.highlight>;

/**
 * Takes a program's text apart by the language's grammar; what commands write into a file is JavaScript. The texts of all pieces,
 * joined, are the program.
 */
export function highlight(language: Language, text: string): readonly Piece[] {
  const written = language === "cli" ? /(?<=<<'(\w+)'\n).*?(?=\n\1\n)/s.exec(text) : null;
  if (!written) return colour(language, text);
  const end = written.index + written[0].length;
  return [
    ...colour(language, text.slice(0, written.index)),
    ...colour("typescript", written[0]),
    ...colour(language, text.slice(end)),
  ];
}

const colour = (language: Language, text: string): readonly Piece[] =>
  piecesOf(lowlight.highlight(language, text).children);

function piecesOf(nodes: Tree["children"]): Piece[] {
  return nodes.flatMap((node): Piece[] => {
    if (node.type === "text") return [node.value];
    if (node.type !== "element") return [];
    const { className } = node.properties;
    return [{ look: Array.isArray(className) ? className.join(" ") : "", pieces: piecesOf(node.children) }];
  });
}
