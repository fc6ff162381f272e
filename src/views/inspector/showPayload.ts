import type { Payload } from "../../domain/exchange.ts";

export interface ShownPayload {
  readonly kind: "JSON" | "text" | "bytes";
  readonly text: string;
}

/** A payload for people: JSON laid out, text as it is, anything else as bytes in hexadecimal. */
export function showPayload({ bytes, size }: Payload): ShownPayload {
  const cut = bytes.length < size;
  const text = decode(bytes, cut);
  if (text === null) return { kind: "bytes", text: hexOf(bytes) };
  const json = cut ? null : layOut(text);
  return json === null ? { kind: "text", text } : { kind: "JSON", text: json };
}

/** Null for what is not UTF-8. A cut payload may end within a character, which is then left out. */
function decode(bytes: Uint8Array, cut: boolean): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes, { stream: cut });
  } catch {
    return null;
  }
}

/** JSON on lines of its own, or null for what is not JSON. Token by token: numbers and escapes stay as they crossed the wire. */
function layOut(text: string): string | null {
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

function hexOf(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += 8) {
    lines.push([...bytes.subarray(at, at + 8)].map((byte) => byte.toString(16).padStart(2, "0")).join(" "));
  }
  return lines.join("\n");
}
