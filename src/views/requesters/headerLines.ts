import type { Header } from "../../domain/messages/headersBlock.ts";

type Read =
  { readonly ok: true; readonly headers: Header[] } | { readonly ok: false; readonly problem: string };

/** The characters an HTTP token allows, which is what nats-server and its clients accept in a header's name. */
const NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** Reads headers written one a line, `Name: value`. Empty lines count for nothing. */
export function readHeaders(text: string): Read {
  const headers: Header[] = [];
  for (const [at, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const colon = line.indexOf(":");
    if (colon < 0) return { ok: false, problem: `Line ${at + 1} has no colon: write Name: value` };
    const name = line.slice(0, colon).trim();
    if (!NAME.test(name)) {
      return {
        ok: false,
        problem: `Line ${at + 1}: “${name}” is not a header name. Use letters, digits and hyphens.`,
      };
    }
    headers.push({ name, value: line.slice(colon + 1).trim() });
  }
  return { ok: true, headers };
}

export const writeHeaders = (headers: readonly Header[]): string =>
  headers.map(({ name, value }) => `${name}: ${value}`).join("\n");
