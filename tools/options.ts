import { parseArgs } from "node:util";
import { readFramers } from "./server/framers.ts";

export type PortName = "port" | "ws-port" | "client-port" | "monitor-port";

export interface AskedPort {
  readonly port: number;
  /** How the person said it, for messages: `--port` or `ROUNDTRIP_PORT`. */
  readonly by: string;
}

export interface Options {
  readonly open: boolean;
  readonly help: boolean;
  /** No nats-server on this machine, but one in each browser that opens the page. */
  readonly inTab: boolean;
  /** Others in the network may join, as a class. */
  readonly class: boolean;
  /** The address of this machine that others reach; null for all that it has. */
  readonly host: string | null;
  readonly ports: Readonly<Record<PortName, AskedPort | null>>;
  /** The sites whose pages may have this one in a frame and use its server there. */
  readonly framers: readonly string[];
}

export const FRAME_VARIABLE = "ROUNDTRIP_FRAME";

const VARIABLES: Readonly<Record<PortName, string>> = {
  port: "ROUNDTRIP_PORT",
  "ws-port": "ROUNDTRIP_WS_PORT",
  "client-port": "ROUNDTRIP_CLIENT_PORT",
  "monitor-port": "ROUNDTRIP_MONITOR_PORT",
};

export const USAGE = `npm start -- [options]      builds the page and serves it, with a nats-server
npm run dev -- [options]    the same with hot reload

  --open                opens the page in the browser
  --class               lets others in the network join, with a code
  --host <address>      of this machine, where it has several that others could reach; with --class
  --in-tab              runs no nats-server: the page runs one in the browser (needs Go, once)
  --port <n>            of the page                       ROUNDTRIP_PORT          4173
  --ws-port <n>         of nats-server, for the page      ROUNDTRIP_WS_PORT       9222
  --client-port <n>     of nats-server, for programs      ROUNDTRIP_CLIENT_PORT   4222
  --monitor-port <n>    of nats-server's monitoring       ROUNDTRIP_MONITOR_PORT  8222
  --frame <site>        may have the page with ?embed in a frame and use this nats-server there; may be given again
                                                          ROUNDTRIP_FRAME         no site may

  ROUNDTRIP_NATS_SERVER=<path>   the nats-server to run`;

/** Reads flags and environment variables; a flag wins. Throws an error for people. */
export function readOptions(args: readonly string[], env: NodeJS.ProcessEnv): Options {
  let values: Partial<Record<PortName, string>> & {
    open?: boolean;
    help?: boolean;
    "in-tab"?: boolean;
    class?: boolean;
    host?: string;
    frame?: string[];
  };
  try {
    values = parseArgs({
      args: [...args],
      options: {
        open: { type: "boolean" },
        help: { type: "boolean", short: "h" },
        "in-tab": { type: "boolean" },
        class: { type: "boolean" },
        host: { type: "string" },
        frame: { type: "string", multiple: true },
        port: { type: "string" },
        "ws-port": { type: "string" },
        "client-port": { type: "string" },
        "monitor-port": { type: "string" },
      },
    }).values;
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`, {
      cause: error,
    });
  }
  if (values.host !== undefined && values.class !== true)
    throw new Error(
      "--host names the address at which a class joins: give --class too. Without it the page is for this machine only.",
    );
  if (values.class === true && values["in-tab"] === true)
    throw new Error(
      "A class needs one nats-server for all, and --in-tab gives each browser its own: leave one of them out.",
    );
  const read = (name: PortName): AskedPort | null => {
    const flag = values[name];
    if (flag !== undefined) return { port: readPort(flag, `--${name}`), by: `--${name}` };
    const variable = VARIABLES[name];
    const value = env[variable];
    return value ? { port: readPort(value, variable), by: variable } : null;
  };
  return {
    open: values.open ?? false,
    help: values.help ?? false,
    inTab: values["in-tab"] ?? false,
    class: values.class ?? false,
    host: values.host ?? null,
    ports: {
      port: read("port"),
      "ws-port": read("ws-port"),
      "client-port": read("client-port"),
      "monitor-port": read("monitor-port"),
    },
    framers: values.frame
      ? readFramers(values.frame.join(" "), "--frame")
      : readFramers(env[FRAME_VARIABLE] ?? "", FRAME_VARIABLE),
  };
}

function readPort(text: string, by: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new Error(`${by} is “${text}”, which is no port. Ports are whole numbers from 1 to 65535.`);
}
