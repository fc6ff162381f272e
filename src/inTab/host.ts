import type {
  Dial,
  InTabAction,
  InTabState,
  FromInTabServer,
  ToInTabServer,
} from "../domain/server/inTabServer.ts";
import { Bridge, endPort } from "./bridge.ts";
import { fetchProgram, loadGoRuntime, type Program } from "./fetchProgram.ts";
import { runGoProgram, type GoProgram } from "./goProgram.ts";

/** A page that uses the server: the tab's own, or one of several. */
interface Page {
  readonly port: Port;
  readonly clients: Set<Client>;
}

/** Something of a page that may connect, such as a responder's worker. */
interface Client {
  readonly dial: MessagePort;
  readonly connections: Map<number, () => void>;
  /** The lock that its worker holds is waited for. */
  watched: boolean;
}

interface Running {
  readonly program: GoProgram;
  readonly bridge: Bridge;
}

/** What a shared worker is given for each page, and what a worker of its own is itself. */
export interface Port {
  onmessage: ((event: MessageEvent<ToInTabServer>) => void) | null;
  postMessage(message: FromInTabServer): void;
}

/** Runs the nats-server for all pages that come, one at a time of it, and starts it anew when asked. */
export class Host {
  readonly #shared: boolean;
  readonly #pages = new Set<Page>();
  #state: InTabState = { kind: "loading", loaded: 0, total: 0 };
  #base: string | null = null;
  #program: Program | null = null;
  #running: Running | null = null;
  /** What is to be said when the program ends in good order. */
  #endWords = "";

  constructor(shared: boolean) {
    this.#shared = shared;
  }

  add(port: Port): void {
    const page: Page = { port, clients: new Set() };
    port.onmessage = ({ data, ports }) => {
      switch (data.type) {
        case "hello":
          this.#pages.add(page);
          port.postMessage({ type: "state", state: this.#state });
          if (this.#base === null) {
            this.#base = data.base;
            void this.#start();
          }
          return;
        case "client":
          if (ports[0]) this.#addClient(page, ports[0]);
          return;
        case "action":
          return this.#do(data.action);
        case "monitor": {
          const answer = this.#running?.program.server.monitor(data.path) ?? null;
          const ours = [...page.clients]
            .flatMap(({ connections }) => [...connections.keys()])
            .flatMap((id) => this.#running?.bridge.cidOf(id) ?? []);
          return port.postMessage({ type: "monitored", ask: data.ask, answer, ours });
        }
        case "bye":
          this.#pages.delete(page);
          for (const client of page.clients) this.#removeClient(page, client);
      }
    };
  }

  #addClient(page: Page, dial: MessagePort): void {
    const client: Client = { dial, connections: new Map(), watched: false };
    page.clients.add(client);
    dial.onmessage = ({ data, ports: [port] }: MessageEvent<Dial>) => {
      if (!port) return;
      if (data.liveness !== null && !client.watched) {
        client.watched = true;
        // Granted when the worker that holds it is gone, however it went.
        void navigator.locks.request(data.liveness, () => this.#removeClient(page, client));
      }
      this.#connect(client, port);
    };
    dial.addEventListener("close", () => this.#removeClient(page, client));
  }

  #removeClient(page: Page, client: Client): void {
    page.clients.delete(client);
    for (const close of client.connections.values()) close();
    client.connections.clear();
    client.dial.close();
  }

  #connect(client: Client, port: MessagePort): void {
    const opened =
      this.#state.kind === "running"
        ? this.#running?.bridge.open(port, (id) => client.connections.delete(id))
        : null;
    if (!opened) return endPort(port, "");
    client.connections.set(opened.id, opened.close);
  }

  #do(action: InTabAction): void {
    switch (action) {
      case "start":
        if (this.#state.kind === "stopped" || this.#state.kind === "failed") void this.#start();
        return;
      case "stop":
        this.#endWords = "It was stopped.";
        this.#running?.program.server.stop();
        return;
      case "kill":
        return this.#crashed("It was killed.");
      case "lame-duck": {
        if (this.#state.kind !== "running") return;
        this.#endWords = "It was a lame duck, and everyone has left.";
        this.#tell({ kind: "lameDuck" });
        this.#running?.program.server.lameDuck();
      }
    }
  }

  async #start(): Promise<void> {
    const startedAt = performance.now();
    const base = this.#base;
    if (base === null) return;
    try {
      this.#tell(this.#program ? { kind: "starting" } : { kind: "loading", loaded: 0, total: 0 });
      this.#program ??= await this.#load(base);
      this.#tell({ kind: "starting" });
      await this.#run(this.#program.module, startedAt);
    } catch (error) {
      this.#tell({ kind: "failed", reason: error instanceof Error ? error.message : String(error) });
    }
  }

  async #load(base: string): Promise<Program> {
    const program = await fetchProgram(base, (loaded, total) =>
      this.#tell({ kind: "loading", loaded, total }),
    );
    await loadGoRuntime(base, program.manifest);
    return program;
  }

  async #run(module: WebAssembly.Module, startedAt: number): Promise<void> {
    let bridge: Bridge | null = null;
    const program = await runGoProgram(module, {
      news: () => bridge?.askForTurn(),
      ended: (code, said) => this.#ended(code === 0 ? this.#endWords : `It crashed. ${said}`),
    });
    bridge = new Bridge(program.server, (error) => this.#crashed(`It crashed: ${String(error)}`));
    this.#running = { program, bridge };
    const { version } = program.server;
    this.#tell({ kind: "running", version, startMs: performance.now() - startedAt, shared: this.#shared });
  }

  #crashed(reason: string): void {
    if (!this.#running) return;
    this.#running.program.kill();
    this.#ended(reason);
  }

  #ended(reason: string): void {
    if (!this.#running) return;
    this.#running.bridge.end("");
    this.#running = null;
    this.#tell({ kind: "stopped", reason });
  }

  #tell(state: InTabState): void {
    this.#state = state;
    for (const { port } of this.#pages) port.postMessage({ type: "state", state });
  }
}
