import type { Payload } from "../../../domain/events/exchange.ts";

/** The text of a payload, null for what is not UTF-8. A cut payload may end within a character, which is then left out. */
export function payloadText({ bytes, size }: Payload): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes, {
      stream: bytes.length < size,
    });
  } catch {
    return null;
  }
}

/** Nobody reads deeper, and the spaces before each line would outweigh the payload: 17,000 levels of brackets have 290 MB of them. */
const DEEPEST = 100;
/** Of the text that is laid out, in characters. */
const LONGEST = 256 * 1024;

/**
 * JSON on lines of its own, or null for what is not JSON, or too deep or too long to be laid out. Token by token: numbers and escapes
 * stay as they crossed the wire.
 */
export function layOutJson(text: string): string | null {
  if (text.length > LONGEST) return null;
  try {
    JSON.parse(text);
  } catch {
    return null;
  }
  let out = "";
  let depth = 0;
  let before = "";
  const line = (): string => `\n${"  ".repeat(depth)}`;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g)) {
    const closes = token === "}" || token === "]";
    const wasOpened = before === "{" || before === "[";
    if (closes) depth -= 1;
    // An empty object or list stays on its line.
    if (wasOpened !== closes) out += line();
    out += token;
    if (token === "{" || token === "[") depth += 1;
    else if (token === ",") out += line();
    else if (token === ":") out += " ";
    if (depth > DEEPEST || out.length > LONGEST) return null;
    before = token;
  }
  return out;
}
