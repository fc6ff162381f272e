import { fork, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ROOT } from "../paths.ts";
import { configure, type ServerPorts } from "./config.ts";

const SUPERVISOR = fileURLToPath(new URL("./supervisor.mjs", import.meta.url));
const READY = /Server is ready/;
const READY_MS = 20_000;
const LOG_LINES = 200;

export type NatsServerState = "starting" | "running" | "stopping" | "stopped";

/** How nats-server ended. `expected` means that someone asked for it here. */
export interface NatsServerExit {
  readonly expected: boolean;
  readonly words: string;
}

export interface NatsServerOptions {
  readonly binary: string;
  readonly ports: ServerPorts;
  /** Origins of the pages that may connect. */
  readonly origins: readonly string[];
  readonly onExit?: (exit: NatsServerExit) => void;
  /** Configuration to add to that of nats-server.conf. */
  readonly more?: string;
}

/** A nats-server that can be started and ended again and again on the same ports, and never outlives this process. */
export interface NatsServer {
  readonly ports: ServerPorts;
  readonly webSocketUrl: string;
  readonly clientUrl: string;
  /** For this process alone: its path is random, and no web page can guess it. */
  readonly monitoringUrl: string;
  readonly state: NatsServerState;
  /** Of nats-server itself; null when it does not run. */
  readonly pid: number | null;
  readonly lastExit: NatsServerExit | null;
  /** The last lines of its log, over all its starts. */
  readonly log: readonly string[];
  /** Resolves when it accepts connections. Rejects with the end of its log when it does not get that far. */
  start(): Promise<void>;
  /** Ends it in good order. */
  stop(): Promise<void>;
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
  /** Tells clients to go elsewhere, and ends when they are gone or two minutes are over. Not on Windows. */
  lameDuck(): void;
}

type Told =
  | { readonly type: "spawned"; readonly pid: number }
  | { readonly type: "failed"; readonly message: string }
  | { readonly type: "exited"; readonly code: number | null; readonly signal: string | null };

export function createNatsServer({
  binary,
  ports,
  origins,
  onExit,
  more = "",
}: NatsServerOptions): NatsServer {
  let supervisor: ChildProcess | null = null;
  let state: NatsServerState = "stopped";
  let pid: number | null = null;
  let lastExit: NatsServerExit | null = null;
  let ended: Promise<void> = Promise.resolve();
  let starting: Promise<void> | null = null;
  const log: string[] = [];
  const monitoringPath = `/${randomBytes(16).toString("hex")}`;

  /** Who asks for it while it starts waits for the same start. */
  function start(): Promise<void> {
    starting ??= begin().finally(() => (starting = null));
    return starting;
  }

  async function begin(): Promise<void> {
    if (state === "running") return;
    await ended;
    state = "starting";
    // A copy of its own: a stop removes it, and two servers from one project do not meet.
    const folder = await mkdtemp(join(tmpdir(), "roundtrip-"));
    const file = join(folder, "nats-server.conf");
    try {
      const conf = await readFile(join(ROOT, "nats-server.conf"), "utf8");
      await writeFile(file, `${configure(conf, { ports, origins, monitoringPath })}\n${more}\n`);
    } catch (error) {
      state = "stopped";
      await remove(folder);
      throw error;
    }

    const child = fork(SUPERVISOR, [folder, binary, "-c", file], {
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      execArgv: [],
      env: { ...process.env, NODE_OPTIONS: "" },
      // Out of reach of the terminal's Ctrl-C, so that this process decides when nats-server ends.
      detached: process.platform !== "win32",
    });
    supervisor = child;
    const logFrom = log.length;

    ended = new Promise((resolve) => {
      let words = "its supervisor was ended";
      child.on("message", (told: Told) => {
        if (told.type === "spawned") pid = told.pid;
        if (told.type === "failed") words = told.message;
        if (told.type === "exited") {
          words =
            told.signal === null ? `it exited with code ${told.code}` : `it was ended by ${told.signal}`;
          pid = null;
        }
      });
      // It could not be started, or not be told something.
      child.on("error", (problem) => (words = problem.message));
      // Only when the supervisor itself was killed is nats-server still there.
      child.on("exit", () => {
        if (pid !== null) endProcess(pid);
      });
      child.on("close", () => {
        lastExit = { expected: state === "stopping", words };
        state = "stopped";
        pid = null;
        supervisor = null;
        void remove(folder);
        onExit?.(lastExit);
        resolve();
      });
    });

    await new Promise<void>((resolve, reject) => {
      const onLine = (line: string): void => {
        log.push(line);
        if (log.length > LOG_LINES * 2) log.splice(0, log.length - LOG_LINES);
        if (READY.test(line) && state === "starting") {
          state = "running";
          clearTimeout(timer);
          resolve();
        }
      };
      const timer = setTimeout(() => {
        reject(new Error(`nats-server was not ready within ${READY_MS / 1000} s.\n${tail(log, logFrom)}`));
        void stop();
      }, READY_MS);
      if (child.stdout) splitLines(child.stdout, onLine);
      if (child.stderr) splitLines(child.stderr, onLine);
      void ended.then(() => {
        clearTimeout(timer);
        reject(new Error(`nats-server did not start: ${lastExit?.words}.\n${tail(log, logFrom)}`));
      });
    });
  }

  async function end(how: "stop" | "kill"): Promise<void> {
    if (supervisor) {
      state = "stopping";
      supervisor.send(how, () => {});
    }
    await ended;
  }
  const stop = (): Promise<void> => end("stop");

  return {
    ports,
    webSocketUrl: `ws://127.0.0.1:${ports.webSocket}`,
    clientUrl: `nats://127.0.0.1:${ports.client}`,
    monitoringUrl: `http://127.0.0.1:${ports.monitoring}${monitoringPath}`,
    get state() {
      return state;
    },
    get pid() {
      return pid;
    },
    get lastExit() {
      return lastExit;
    },
    get log() {
      return log.slice(-LOG_LINES);
    },
    start,
    stop,
    kill: () => end("kill"),
    lameDuck: () => {
      if (process.platform === "win32") throw new Error("Windows cannot tell nats-server to go lame duck.");
      if (!supervisor || state !== "running") throw new Error("nats-server does not run.");
      state = "stopping";
      supervisor.send("lameDuck", () => {});
    },
  };
}

/** The end of nats-server's log, indented, for the terminal. */
export function logTail(server: NatsServer, lines = 8): string {
  return tail(server.log, -lines);
}

function tail(log: readonly string[], from: number): string {
  return log
    .slice(Math.max(from, -20))
    .map((line) => `    ${line}`)
    .join("\n");
}

function splitLines(stream: NodeJS.ReadableStream, onLine: (line: string) => void): void {
  let rest = "";
  stream.setEncoding("utf8");
  stream.on("data", (text: string) => {
    const lines = (rest + text).split(/\r?\n/);
    rest = lines.pop() ?? "";
    for (const line of lines) onLine(line);
  });
  stream.on("end", () => {
    if (rest !== "") onLine(rest);
  });
}

/** What cannot be removed is the system's to remove: it is in its folder for what is temporary. */
async function remove(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true }).catch(() => {});
}

function endProcess(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // Gone already.
  }
}
