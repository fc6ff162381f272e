/**
 * What a handler logs, as words: text as it is, bytes in hexadecimal, anything else as JSON, in which bytes, errors, maps, sets and large
 * integers are written too, although JSON has no form for them. Never throws.
 *
 * Refers to nothing outside of itself: the text of this function is also part of the script of each sandbox.
 */
export function logWords(part: unknown): string {
  const mostBytes = 64;

  function bytesOf(value: unknown): Uint8Array | null {
    if (value instanceof ArrayBuffer) return new Uint8Array(value);
    if (!ArrayBuffer.isView(value)) return null;
    return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  }
  function hex(bytes: Uint8Array): string {
    if (bytes.length === 0) return "<0 bytes>";
    const shown = Array.from(bytes.subarray(0, mostBytes), (byte) => byte.toString(16).padStart(2, "0"));
    const rest = bytes.length > mostBytes ? " …" : "";
    return `<${bytes.length} byte${bytes.length === 1 ? "" : "s"}: ${shown.join(" ")}${rest}>`;
  }
  function withForm(value: unknown): unknown {
    if (typeof value === "bigint") return `${value}n`;
    if (value instanceof Error) return String(value);
    if (value instanceof Map || value instanceof Set) return [...value];
    const bytes = bytesOf(value);
    return bytes === null ? value : hex(bytes);
  }

  try {
    if (typeof part === "string") return part;
    if (part instanceof Error) return String(part);
    const bytes = bytesOf(part);
    if (bytes !== null) return hex(bytes);
    return JSON.stringify(part, (_key, value: unknown) => withForm(value)) ?? String(part);
  } catch {
    // It holds itself, or a part of it throws when it is looked at.
    try {
      return String(part);
    } catch {
      return "something that has no text";
    }
  }
}
