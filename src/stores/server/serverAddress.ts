import { IN_TAB } from "../../domain/server/inTabServer.ts";
import type { ServerAddress } from "../../workers/messages.ts";

type Checked =
  { readonly ok: true; readonly address: ServerAddress } | { readonly ok: false; readonly problem: string };

/**
 * Reads the address of a server's WebSocket as a person writes it. Without a scheme it is `ws://`, or `wss://` from a page
 * that came over HTTPS, where a browser allows nothing else. Credentials in the address are refused: addresses end up in
 * histories and on projectors.
 */
export function readServerAddress(text: string, credentials: ServerAddress["credentials"]): Checked {
  const trimmed = text.trim();
  if (trimmed === "")
    return { ok: false, problem: "Give the server's WebSocket address, such as ws://127.0.0.1:9222" };
  if (trimmed === IN_TAB) return { ok: true, address: { url: IN_TAB, credentials: { kind: "none" } } };
  const written = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `${defaultScheme()}://${trimmed}`;
  let url: URL;
  try {
    url = new URL(written);
  } catch {
    return { ok: false, problem: `“${trimmed}” is not an address. It looks like ws://127.0.0.1:9222` };
  }
  if (url.protocol === "nats:" || url.protocol === "tls:") {
    return {
      ok: false,
      problem: `A browser cannot use ${url.protocol}// addresses. Use the server's WebSocket port: ws://${url.hostname}:9222`,
    };
  }
  if (url.protocol !== "ws:" && url.protocol !== "wss:") {
    return {
      ok: false,
      problem: `The address starts with ${url.protocol}// but must start with ws:// or wss://`,
    };
  }
  if (url.username !== "" || url.password !== "") {
    return { ok: false, problem: "Leave user and password out of the address; there are fields for them." };
  }
  if (url.protocol === "ws:" && location.protocol === "https:" && !isLoopback(url.hostname)) {
    return {
      ok: false,
      problem: "This page came over HTTPS, so the browser only lets it use wss:// addresses.",
    };
  }
  return { ok: true, address: { url: url.href.replace(/\/$/, ""), credentials } };
}

const defaultScheme = (): string => (location.protocol === "https:" ? "wss" : "ws");

const isLoopback = (host: string): boolean =>
  host === "localhost" || host === "[::1]" || host.startsWith("127.");
