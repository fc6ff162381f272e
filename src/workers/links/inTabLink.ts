import type {
  InTabAction,
  InTabState,
  FromInTabServer,
  ToInTabServer,
} from "../../domain/server/inTabServer.ts";

/** The page's end of the nats-server in this browser. */
export interface InTabLink {
  /** A port for one client to dial with; it is to be handed over to the client's worker. */
  clientPort(): MessagePort;
  do(action: InTabAction): void;
  /** What monitoring answers on a path such as `/varz`, and which connections are this page's. Null for no answer. */
  monitor(path: string): Promise<{ readonly answer: unknown; readonly ours: readonly number[] } | null>;
}

/** How long monitoring may take, in ms. */
const ANSWER_MS = 4000;

type Listener = (state: InTabState) => void;

let link: InTabLink | null = null;
let apart = false;
let latest: InTabState = { kind: "loading", loaded: 0, total: 0 };
const listeners = new Set<Listener>();

/** Tells how the server is whenever that changes. Returns how to stop it. Starts nothing. */
export function watchInTabServer(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Gives this page a server of its own, which no other tab is on. To be called before the server is started: for a page that stands in
 * somebody else's, which has no business on the visitor's server, and where browsers may not load a shared worker either.
 */
export function keepApart(): void {
  apart = true;
}

/** Whether it ever ran, so that who finds it stopped has not just come too early. */
export function inTabServerHasRun(): boolean {
  inTabServer();
  return ["running", "lameDuck", "stopped"].includes(latest.kind);
}

/** Calls `ready` as soon as the server runs. Returns how not to be called any more. */
export function onceInTabServerRuns(ready: () => void): () => void {
  inTabServer();
  const stop = watchInTabServer(() => {
    if (!inTabServerHasRun()) return;
    stop();
    ready();
  });
  return stop;
}

/** The server of this browser, which is fetched and started when this is called first. */
export function inTabServer(): InTabLink {
  link ??= start();
  return link;
}

function start(): InTabLink {
  const port = open((reason) => tell({ kind: "failed", reason }));
  const asked = new Map<number, (message: Extract<FromInTabServer, { type: "monitored" }>) => void>();
  let asks = 0;
  const post = (message: ToInTabServer, transfer: Transferable[] = []): void =>
    port.postMessage(message, transfer);

  port.onmessage = ({ data }: MessageEvent<FromInTabServer>) => {
    if (data.type === "state") return tell(data.state);
    asked.get(data.ask)?.(data);
    asked.delete(data.ask);
  };
  const hello = (): void => post({ type: "hello", base: document.baseURI });
  hello();
  // A page that is kept for the way back is stopped, and its workers with it.
  window.addEventListener("pagehide", () => post({ type: "bye" }));
  window.addEventListener("pageshow", ({ persisted }) => {
    if (persisted) hello();
  });

  return {
    clientPort() {
      const { port1, port2 } = new MessageChannel();
      post({ type: "client" }, [port1]);
      return port2;
    },
    do: (action) => post({ type: "action", action }),
    monitor(path) {
      return new Promise((resolve) => {
        const ask = asks++;
        const timer = setTimeout(() => {
          asked.delete(ask);
          resolve(null);
        }, ANSWER_MS);
        asked.set(ask, ({ answer, ours }) => {
          clearTimeout(timer);
          resolve(answer === null ? null : { answer: JSON.parse(answer), ours });
        });
        post({ type: "monitor", ask, path });
      });
    },
  };
}

/** Shared by all tabs of the browser where it can be and should. */
function open(fail: (reason: string) => void): MessagePort | Worker {
  const failed = (): void =>
    fail("The worker for the nats-server in this browser could not be loaded. Reload the page.");
  if (typeof SharedWorker === "function" && !apart) {
    try {
      const shared = new SharedWorker(new URL("../inTabServer.worker.ts", import.meta.url), {
        type: "module",
        name: "nats-server",
      });
      shared.onerror = failed;
      return shared.port;
    } catch {
      // Where site data is blocked there are none: then this page has a server of its own.
    }
  }
  const own = new Worker(new URL("../inTabServer.worker.ts", import.meta.url), {
    type: "module",
    name: "nats-server",
  });
  own.onerror = failed;
  return own;
}

function tell(state: InTabState): void {
  latest = state;
  for (const listener of listeners) listener(state);
}
