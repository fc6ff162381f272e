import { decodeUtf8, encodeUtf8 } from "../base/utf8.ts";
import type { Exchange, Payload } from "../events/exchange.ts";
import { parseHeadersBlock, TRACE_DESTINATION, type Header } from "../messages/headersBlock.ts";
import { writeBytes } from "../messages/payloadBytes.ts";
import { renderTemplate, type PayloadFormat } from "../messages/templates.ts";

/** What a requester sends to make the same request again. */
export interface SameRequest {
  readonly subject: string;
  readonly payload: { readonly format: PayloadFormat; readonly template: string };
  readonly headers: readonly Header[];
}

/**
 * The request of an exchange, written so that exactly its bytes are sent again. Null where not all of them are in the record.
 * `added` are names of headers that the client adds by itself.
 */
export function sameRequest({ subject, request }: Exchange, added: readonly string[]): SameRequest | null {
  if (!request || request.bytes.length < request.size) return null;
  const without = [TRACE_DESTINATION, ...added].map((name) => name.toLowerCase());
  const headers = parseHeadersBlock(request.headers)?.headers ?? [];
  return {
    subject,
    payload: writtenPayload(request),
    headers: headers.filter(({ name }) => !without.includes(name.toLowerCase())),
  };
}

function writtenPayload({ bytes }: Payload): SameRequest["payload"] {
  const text = decodeUtf8(bytes);
  // What is no UTF-8, or would be filled in as a template, goes as bytes.
  const asText = sameBytes(encodeUtf8(text), bytes) && renderTemplate(text, 1, () => 0) === text;
  if (!asText) return { format: "base64", template: writeBytes("base64", bytes) };
  return { format: isJson(text) ? "json" : "text", template: text };
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index]);

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
