import { connect, createServer } from "node:net";

const HOST = "127.0.0.1";
const TRIES = 50;

export interface WantedPort {
  /** What listens there, in words. */
  readonly what: string;
  /** The usual port. */
  readonly usual: number;
  /** The port a person asked for, and how they said it; null when they did not. */
  readonly asked: { readonly port: number; readonly by: string } | null;
}

export interface ChosenPort {
  readonly port: number;
  /** True when the usual port is taken and another one was found. */
  readonly moved: boolean;
}

/** The asked port or an error, else the usual port or the next free one above it. `reserved` are spoken for already. */
export async function choosePort(
  { what, usual, asked }: WantedPort,
  reserved: ReadonlySet<number>,
): Promise<ChosenPort> {
  const free = async (port: number): Promise<boolean> => !reserved.has(port) && (await isFree(port));
  if (asked) {
    if (await free(asked.port)) return { port: asked.port, moved: false };
    throw new Error(
      `Port ${asked.port} for ${what} (${asked.by}) is taken. End what uses it, or name another port, or none to have a free one chosen.`,
    );
  }
  for (let port = usual; port < usual + TRIES; port++) {
    if (await free(port)) return { port, moved: port !== usual };
  }
  throw new Error(
    `All ports from ${usual} to ${usual + TRIES - 1} are taken; ${what} needs one. Name a free port.`,
  );
}

/** Whether nothing listens on a port of the loopback address. */
async function isFree(port: number): Promise<boolean> {
  return !(await answers(port)) && (await canListen(port));
}

/** Asked first: where another program listens on all addresses, macOS and Windows would let us listen as well. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: HOST, timeout: 1000 });
    const settle = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.on("connect", () => settle(true));
    socket.on("error", () => settle(false));
    socket.on("timeout", () => settle(false));
  });
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.on("error", () => resolve(false));
    server.listen({ port, host: HOST, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/**
 * Free ports for servers that will be ended and started again on them. Below the range from which systems take the ports of
 * outgoing connections, one of which could otherwise hold a port at the moment of the restart.
 */
export async function pickPorts(count: number): Promise<number[]> {
  const picked = new Set<number>();
  while (picked.size < count) {
    const port = 12_000 + Math.floor(Math.random() * 20_000);
    if (!picked.has(port) && (await isFree(port))) picked.add(port);
  }
  return [...picked];
}
