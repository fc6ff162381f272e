/** A running nats-server, as the Go program in `embedded/` offers it. */
export interface GoServer {
  readonly version: string;
  /** What goes to the server in a turn, and what comes from it; `turns.ts` knows their form. */
  readonly inbox: Uint8Array<ArrayBuffer>;
  readonly outbox: Uint8Array<ArrayBuffer>;
  /** The number of a new connection, or -1 when the server takes none. */
  open(): number;
  /** Lets the server read so many bytes of `inbox` and run until it is idle. Returns the length of what is in `outbox`. */
  turn(length: number): number;
  /** What nats-server's monitoring answers on a path, as JSON; null for nothing. */
  monitor(path: string): string | null;
  /** Ends it in good order. */
  stop(): void;
  /** What is wrong, or null. */
  lameDuck(): string | null;
}

/** What a running program tells. */
export interface GoHost {
  /** The server has something to be taken: a turn is wanted, not from within this call. */
  news(): void;
  /** It ended by itself: the exit code, and what it said last. Not after `kill`. */
  ended(code: number, said: string): void;
}

export interface GoProgram {
  readonly server: GoServer;
  /** Ends it on the spot, as a crash would. */
  kill(): void;
}

/** The class of Go's own wasm_exec.js. */
interface GoRuntime {
  readonly importObject: WebAssembly.Imports;
  exit: (code: number) => void;
  run(instance: WebAssembly.Instance): Promise<void>;
  /** Timers of the program. Not a public name, but the only way to a program that does nothing more. */
  readonly _scheduledTimeouts?: ReadonlyMap<number, ReturnType<typeof setTimeout>>;
}

/** Lines of Go's complaint that are kept: enough for the first words of a panic. */
const MOST_LINES = 12;

/** Runs a compiled program. Resolves when its server takes connections; rejects when it does not get that far. */
export async function runGoProgram(module: WebAssembly.Module, host: GoHost): Promise<GoProgram> {
  const { Go } = globalThis as unknown as { readonly Go: new () => GoRuntime }; // wasm_exec.js put it there
  const go = new Go();
  const said = listen();
  let code = 0;
  let over = false;
  go.exit = (exitCode) => {
    code = exitCode;
  };
  const instance = await WebAssembly.instantiate(module, go.importObject);
  return new Promise((resolve, reject) => {
    const end = (words: string): void => {
      if (over) return;
      over = true;
      reject(new Error(`nats-server did not start. ${words}`));
      host.ended(code, words);
    };
    const kill = (): void => {
      over = true;
      for (const timer of go._scheduledTimeouts?.values() ?? []) clearTimeout(timer);
    };
    const started = (server: GoServer): void => resolve({ server, kill });
    Object.assign(globalThis, { roundtripHost: { ...host, started } });
    go.run(instance).then(
      () => end(said()),
      (error: unknown) => {
        code = 1;
        end(error instanceof Error ? error.message : String(error));
      },
    );
  });
}

/** Collects what programs write to their standard output and error; wasm_exec.js would put it on the console. */
function listen(): () => string {
  const decoder = new TextDecoder();
  let text = "";
  const { fs } = globalThis as unknown as {
    readonly fs: { writeSync: (descriptor: number, bytes: Uint8Array) => number };
  }; // wasm_exec.js put it there
  fs.writeSync = (_descriptor, bytes) => {
    if (text.split("\n").length <= MOST_LINES) text += decoder.decode(bytes, { stream: true });
    return bytes.length;
  };
  return () => text.trim();
}
