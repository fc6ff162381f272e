import { unseenWords } from "../base/characters.ts";

/**
 * Where and why a text is not JSON, in words for the person who wrote it. JSON.parse knows only whether, and its message
 * differs from browser to browser; this agrees with it about validity.
 */
export interface JsonProblem {
  /** What is wrong and what to do. */
  readonly message: string;
  /** Index of the first character that does not fit; the text's length when something is missing at the end. */
  readonly at: number;
}

/** Deeper is refused, as the reading is recursive; nobody writes this by hand. */
const DEEPEST = 500;

/** The first problem of a text as JSON; null when it is valid. */
export function jsonProblem(text: string): JsonProblem | null {
  try {
    const end = value(text, blanks(text, 0), 0);
    const rest = blanks(text, end);
    if (rest < text.length)
      fail(rest, `After the end of the value comes ${shown(text, rest)}: take it away.`);
    return null;
  } catch (problem) {
    if (problem instanceof Found) return { message: problem.message, at: problem.at };
    throw problem;
  }
}

/** Where that is, counted from 1, and in words; the line is named only where there are several. */
export function placeIn(
  text: string,
  at: number,
): { readonly line: number; readonly column: number; readonly words: string } {
  const before = text.slice(0, at).split(/\r\n|\r|\n/);
  const line = before.length;
  const column = (before.at(-1) ?? "").length + 1;
  const words = /[\r\n]/.test(text) ? `Line ${line}, column ${column}` : `Column ${column}`;
  return { line, column, words };
}

/** That a text is not JSON, with the first place where it is not: for what a person did not write just now. */
export function notJsonWords(text: string): string {
  const problem = jsonProblem(text);
  return problem === null
    ? "It is not JSON."
    : `It is not JSON. ${placeIn(text, problem.at).words}: ${problem.message}`;
}

/** Ends the reading at the first problem, from any depth. */
class Found extends Error {
  readonly at: number;
  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

function fail(at: number, message: string): never {
  throw new Found(at, message);
}

/** Each reader takes the index where its part begins and returns the index after it. */
function value(text: string, at: number, depth: number): number {
  if (depth > DEEPEST) fail(at, `It is nested more than ${DEEPEST} levels deep: make it flatter.`);
  const first = text[at];
  if (first === undefined) fail(at, "It ends where a value should be: complete it.");
  if (first === "{") return object(text, at + 1, depth);
  if (first === "[") return array(text, at + 1, depth);
  if (first === '"') return string(text, at + 1);
  if (first === "-" || isDigit(first)) return number(text, at);
  for (const word of ["true", "false", "null"]) {
    if (text.startsWith(word, at) && !isWordCharacter(text[at + word.length])) return at + word.length;
  }
  if (first === "'") fail(at, "Text stands in double quotes in JSON, not in single ones.");
  const word = /^[\p{L}_$][\p{L}\p{N}_$]*/u.exec(text.slice(at, at + 60))?.[0];
  if (word !== undefined) fail(at, `"${word}" is not JSON as it stands: text needs double quotes around it.`);
  return fail(at, `Here should be a value, not ${shown(text, at)}.`);
}

function object(text: string, from: number, depth: number): number {
  let offset = blanks(text, from);
  if (text[offset] === "}") return offset + 1;
  for (;;) {
    if (text[offset] !== '"') {
      if (text[offset] === undefined) fail(offset, "The object is not closed: add }.");
      if (text[offset] === "}") fail(offset, "There is a comma before }: take it away.");
      fail(offset, `Here should be a name in double quotes, not ${shown(text, offset)}.`);
    }
    offset = blanks(text, string(text, offset + 1));
    if (text[offset] !== ":")
      fail(offset, `After a name comes a colon and a value, not ${shown(text, offset)}.`);
    offset = blanks(text, value(text, blanks(text, offset + 1), depth + 1));
    if (text[offset] === "}") return offset + 1;
    if (text[offset] === undefined) fail(offset, "The object is not closed: add }.");
    if (text[offset] !== ",")
      fail(offset, `Between members of an object stands a comma, not ${shown(text, offset)}.`);
    offset = blanks(text, offset + 1);
  }
}

function array(text: string, from: number, depth: number): number {
  let offset = blanks(text, from);
  if (text[offset] === "]") return offset + 1;
  for (;;) {
    if (text[offset] === "]") fail(offset, "There is a comma before ]: take it away.");
    if (text[offset] === undefined) fail(offset, "The list is not closed: add ].");
    offset = blanks(text, value(text, offset, depth + 1));
    if (text[offset] === "]") return offset + 1;
    if (text[offset] === undefined) fail(offset, "The list is not closed: add ].");
    if (text[offset] !== ",")
      fail(offset, `Between elements of a list stands a comma, not ${shown(text, offset)}.`);
    offset = blanks(text, offset + 1);
  }
}

function string(text: string, from: number): number {
  let index = from;
  for (;;) {
    const character = text[index];
    if (character === undefined) fail(from - 1, 'The text that begins here is not closed: add ".');
    if (character === '"') return index + 1;
    if (character < " ") {
      const which = character === "\t" ? "A tab is written \\t" : "A line break is written \\n";
      fail(
        index,
        character === "\t" || character === "\n" || character === "\r"
          ? `${which} inside text.`
          : `Here is ${unseenWords(character) ?? "an invisible character"}: take it away.`,
      );
    }
    if (character !== "\\") {
      index++;
    } else if (text[index + 1] === "u") {
      if (!/^[0-9a-fA-F]{4}$/.test(text.slice(index + 2, index + 6)))
        fail(index, "After \\u come four hexadecimal digits, such as \\u00e9.");
      index += 6;
    } else {
      if (!'"\\/bfnrt'.includes(text[index + 1] ?? " "))
        fail(index, "A backslash is written \\\\ inside text.");
      index += 2;
    }
  }
}

function number(text: string, from: number): number {
  let index = from;
  if (text[index] === "-") index++;
  if (!isDigit(text[index])) fail(index, "After - comes a digit.");
  if (text[index] === "0" && isDigit(text[index + 1]))
    fail(index, "A number does not begin with 0: take the 0 away, or write it in quotes.");
  while (isDigit(text[index])) index++;
  if (text[index] === ".") {
    index++;
    if (!isDigit(text[index])) fail(index, "After the decimal point comes a digit.");
    while (isDigit(text[index])) index++;
  }
  if (text[index] === "e" || text[index] === "E") {
    index++;
    if (text[index] === "+" || text[index] === "-") index++;
    if (!isDigit(text[index])) fail(index, "After the exponent's e comes a digit.");
    while (isDigit(text[index])) index++;
  }
  return index;
}

function blanks(text: string, from: number): number {
  let index = from;
  while (text[index] === " " || text[index] === "\n" || text[index] === "\r" || text[index] === "\t") index++;
  return index;
}

const isDigit = (character: string | undefined): boolean =>
  character !== undefined && character >= "0" && character <= "9";

const isWordCharacter = (character: string | undefined): boolean =>
  character !== undefined && /[\p{L}\p{N}_$]/u.test(character);

function shown(text: string, at: number): string {
  const point = text.codePointAt(at);
  if (point === undefined) return "the end";
  const character = String.fromCodePoint(point);
  if (character === "\n" || character === "\r") return "the end of the line";
  return character === '"' ? "a quote" : (unseenWords(character) ?? `"${character}"`);
}
