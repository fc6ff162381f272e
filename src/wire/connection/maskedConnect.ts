import { decodeText, encodeText } from "./text.ts";

/** What a CONNECT may hold that must never be shown or kept. */
const SECRETS = ["pass", "auth_token", "jwt", "sig"];

/** The JSON of a CONNECT with its secrets replaced, and nothing at all when it cannot be read. */
export function maskedConnect(json: Uint8Array): Uint8Array {
  try {
    const options: unknown = JSON.parse(decodeText(json));
    if (typeof options !== "object" || options === null) return encodeText("{}");
    const masked = Object.entries(options).map(([name, value]): [string, unknown] => [
      name,
      SECRETS.includes(name) ? "…" : value,
    ]);
    return encodeText(JSON.stringify(Object.fromEntries(masked)));
  } catch {
    return encodeText("{}");
  }
}
