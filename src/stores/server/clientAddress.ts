import { onTheWire } from "../../domain/messages/sharedServer.ts";
import { serverStore } from "./serverStore.ts";

/** Where programs outside the page reach the server in use, and what of that is a guess, in words; empty for nothing. */
export interface ClientAddress {
  readonly url: string;
  readonly guess: string;
}

/** The usual port of a server for programs over TCP. */
const USUAL_PORT = 4222;

/** A server tells a page the port of its WebSocket only; of the one that came with the page, the rest is known too. */
export function clientAddress(): ClientAddress {
  const { address } = serverStore.getState();
  const found = place();
  if (address.prefix === undefined) return found;
  const prefixed = `The subject has the prefix ${address.prefix} of this page, as on the wire; what a handler asks has none.`;
  return { ...found, guess: `${found.guess} ${prefixed}`.trim() };
}

/** A request as it is made with `nats` in a terminal, so that it gets to the server in use; anything else stays as it is. */
export function inTerminal(command: string, { url }: ClientAddress, prefix: string | undefined): string {
  return command.replace(
    /^nats request (\S+)/,
    (_, subject: string) => `nats request --server ${url} ${onTheWire(subject, prefix)}`,
  );
}

function place(): ClientAddress {
  const { home, address } = serverStore.getState();
  if (home !== null && home.url === address.url && home.clientUrl !== null)
    return { url: home.clientUrl, guess: "" };
  const usual = (host: string): string => `nats://${host}:${USUAL_PORT}`;
  if (!/^wss?:\/\//.test(address.url)) {
    return {
      url: usual("127.0.0.1"),
      guess: "No program can reach a server inside a tab: use this with a server of your own.",
    };
  }
  return {
    url: usual(new URL(address.url).hostname),
    guess: `The page knows this server’s WebSocket only: ${USUAL_PORT} is the usual port for programs. NATS_URL names another.`,
  };
}
