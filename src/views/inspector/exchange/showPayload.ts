import type { Payload } from "../../../domain/events/exchange.ts";
import { layOutJson, payloadText } from "./payloadForms.ts";

export interface ShownPayload {
  readonly kind: "JSON" | "text" | "bytes";
  readonly text: string;
}

/** A payload for people: JSON laid out, text as it is, anything else as bytes in hexadecimal. */
export function showPayload(payload: Payload): ShownPayload {
  const { bytes, size } = payload;
  const cut = bytes.length < size;
  const text = payloadText(payload);
  if (text === null) return { kind: "bytes", text: hexOf(bytes) };
  const json = cut ? null : layOutJson(text);
  return json === null ? { kind: "text", text } : { kind: "JSON", text: json };
}

function hexOf(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let index = 0; index < bytes.length; index += 8) {
    lines.push(
      [...bytes.subarray(index, index + 8)].map((byte) => byte.toString(16).padStart(2, "0")).join(" "),
    );
  }
  return lines.join("\n");
}
