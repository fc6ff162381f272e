import type { Payload } from "../../domain/events/exchange.ts";

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

/** JSON on lines of its own, or null for what is not JSON. Token by token: numbers and escapes stay as they crossed the wire. */
export function layOutJson(text: string): string | null {
  try {
    JSON.parse(text);
  } catch {
    return null;
  }
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g) ?? [];
  let out = "";
  let depth = 0;
  const line = (): string => `\n${"  ".repeat(depth)}`;
  for (const [at, token] of tokens.entries()) {
    const empty = /^[{[]$/.test(tokens[at - 1] ?? "");
    if (token === "{" || token === "[") {
      depth += 1;
      const next = tokens[at + 1];
      out += next === "}" || next === "]" ? token : token + line();
    } else if (token === "}" || token === "]") {
      depth -= 1;
      out += empty ? token : line() + token;
    } else if (token === ",") out += token + line();
    else if (token === ":") out += ": ";
    else out += token;
  }
  return out;
}
