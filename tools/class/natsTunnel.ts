import type { IncomingMessage, Server } from "node:http";
import { connect, type Socket } from "node:net";
import type { Duplex } from "node:stream";

/** Where the page's server takes WebSockets for nats-server. */
export const TUNNEL_PATH = "/nats";

export interface Tunnel {
  /** Where nats-server's WebSocket is, on loopback. */
  readonly port: number;
  /** What nats-server takes as the origin of the page. */
  readonly origin: string;
  /** So many at once; more are refused before nats-server hears of them. */
  readonly most: number;
}

/** What a WebSocket's opening may say to nats-server. All else, such as cookies, ends here. */
const CARRIED = /^(upgrade|connection|sec-websocket-(key|version|protocol|extensions))$/i;
const OPENING_MS = 10_000;

/**
 * Carries WebSockets that come to the page's own port through to nats-server, byte for byte, so that a class needs to reach one port
 * only. A web page may open one if the page itself came from the address that it asks: nats-server would refuse any other origin.
 */
export function tunnelWebSockets(server: Server, { port, origin, most }: Tunnel): void {
  let open = 0;
  server.on("upgrade", (request, client: Socket, head) => {
    client.on("error", () => client.destroy());
    if (request.url?.split("?")[0] !== TUNNEL_PATH) {
      // It may be for somebody else who listens, such as Vite's hot reload.
      if (server.listenerCount("upgrade") === 1) refuse(client, "404 Not Found");
      return;
    }
    if (!isOwnPage(request)) return refuse(client, "403 Forbidden");
    if (open >= most) return refuse(client, "503 Service Unavailable");
    open++;
    client.on("close", () => open--);
    client.setNoDelay(true);
    const upstream = connect({ port, host: "127.0.0.1", noDelay: true });
    upstream.setTimeout(OPENING_MS, () => upstream.destroy());
    upstream.once("data", () => upstream.setTimeout(0));
    upstream.on("error", () => refuse(client, "502 Bad Gateway"));
    upstream.on("connect", () => {
      upstream.write(openingOf(request, port, origin));
      upstream.write(head);
      client.pipe(upstream).pipe(client);
    });
    client.on("close", () => upstream.destroy());
    upstream.on("close", () => client.destroySoon());
  });
}

/** Whether a browser's page came from the address it asks; a program says no origin. */
function isOwnPage({ headers }: IncomingMessage): boolean {
  const { origin, host } = headers;
  return origin === undefined || origin === `http://${host}`;
}

function openingOf({ headers, rawHeaders }: IncomingMessage, port: number, origin: string): string {
  const lines = ["GET / HTTP/1.1", `Host: 127.0.0.1:${port}`];
  if (headers.origin !== undefined) lines.push(`Origin: ${origin}`);
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? "";
    if (CARRIED.test(name)) lines.push(`${name}: ${rawHeaders[index + 1]}`);
  }
  return `${lines.join("\r\n")}\r\n\r\n`;
}

function refuse(client: Duplex, status: string): void {
  if (client.writable) client.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
