import { shell } from "@codemirror/legacy-modes/mode/shell";
import { StringStream } from "@codemirror/streamparser";
import { parser as go } from "@lezer/go";
import { highlightCode } from "@lezer/highlight";
import { parser as javascript } from "@lezer/javascript";
import { parser as python } from "@lezer/python";
import type { Language } from "../../programs/program.ts";
import { TOKEN, tokenHighlighter } from "./tokens.ts";

/** A piece of a program. `look` is the class of its kind of word, or empty. */
export interface Piece {
  readonly text: string;
  readonly look: string;
}

const PARSERS = { typescript: javascript.configure({ dialect: "ts" }), python, go } as const;

/**
 * Takes a program's text apart by the language's grammar; what commands write into a file is JavaScript. The texts of all pieces,
 * joined, are the program.
 */
export function highlight(language: Language, text: string): readonly Piece[] {
  if (language !== "cli") return parsed(PARSERS[language], text);
  const written = /(?<=<<'(\w+)'\n).*?(?=\n\1\n)/s.exec(text);
  if (!written) return commands(text);
  const end = written.index + written[0].length;
  return [
    ...commands(text.slice(0, written.index)),
    ...parsed(PARSERS.typescript, written[0]),
    ...commands(text.slice(end)),
  ];
}

function parsed(parser: (typeof PARSERS)[keyof typeof PARSERS], text: string): Piece[] {
  const pieces: Piece[] = [];
  highlightCode(
    text,
    parser.parse(text),
    tokenHighlighter,
    (text, look) => pieces.push({ text, look }),
    () => pieces.push({ text: "\n", look: "" }),
  );
  return pieces;
}

/** The kinds of words in a shell, by the names that its mode has for them. */
const SHELL_LOOKS: Readonly<Record<string, string>> = {
  comment: TOKEN.comment,
  keyword: TOKEN.keyword,
  atom: TOKEN.keyword,
  string: TOKEN.value,
  "string-2": TOKEN.value,
  number: TOKEN.value,
  builtin: TOKEN.name,
};

/** There is no grammar for a shell, only a mode that reads line by line. */
function commands(text: string): Piece[] {
  const state = shell.startState?.(INDENT);
  return text.split("\n").flatMap((line, index) => {
    const pieces: Piece[] = index === 0 ? [] : [{ text: "\n", look: "" }];
    for (const stream = new StringStream(line, INDENT, INDENT); !stream.eol(); stream.start = stream.pos) {
      const look = SHELL_LOOKS[shell.token(stream, state) ?? ""] ?? "";
      pieces.push({ text: stream.current(), look });
    }
    return pieces;
  });
}

const INDENT = 2;
