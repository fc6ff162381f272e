/** In place of an address: the nats-server that runs in this browser, in a worker. */
export const IN_TAB = "in-tab";

/** How the nats-server in this browser is. */
export type InTabState =
  /** Being fetched; bytes. `total` is 0 until it is known. */
  | { readonly kind: "loading"; readonly loaded: number; readonly total: number }
  | { readonly kind: "starting" }
  | {
      readonly kind: "running";
      readonly version: string;
      /** Fetched, compiled and started within so many ms. A start after a stop needs no fetching. */
      readonly startMs: number;
      /** Met by several tabs of one browser, or this tab's own. */
      readonly shared: boolean;
    }
  /** Running, but takes no new connections and ends when the last is gone. */
  | { readonly kind: "lameDuck" }
  /** Not running; it can be started. `reason` says why. */
  | { readonly kind: "stopped"; readonly reason: string }
  /** It could not be fetched, or does not start here. `reason` says what to do. */
  | { readonly kind: "failed"; readonly reason: string };

/** What can be done to it. */
export type InTabAction = "start" | "stop" | "kill" | "lame-duck";

/** What `npm run build:embedded` says about what it built: `embedded/manifest.json` beside the page. */
export interface InTabManifest {
  /** Of nats-server, such as `2.15.2`. */
  readonly version: string;
  /** Of Go, such as `go1.26.8`. */
  readonly go: string;
  /** SHA-256 of the program, in hexadecimal; changes whenever anything about it does. */
  readonly hash: string;
  /** Bytes of the program as it is run, and of the two files it is fetched as. */
  readonly size: number;
  readonly gzip: number;
  readonly brotli: number;
}

/** Bytes that a receiver takes before it says so to the sender, which thereby knows what is still on its way. */
export const CONFIRM_EVERY = 64 * 1024;

/** From a client of the server in the tab, on the port that was handed over to dial: a port for one connection comes with it. */
export interface Dial {
  /** The Web Lock that the client's worker holds as long as it lives; null where there are none. */
  readonly liveness: string | null;
}

/** Crosses the port of one connection, either way: bytes, how many bytes were taken, or its end. */
export type PortMessage = Uint8Array<ArrayBuffer> | number | { readonly closed: string };

/** From a page to the worker that runs the server. */
export type ToInTabServer =
  /** `base` is where the page is: `embedded/` lies beside it. A later page's is the same. */
  | { readonly type: "hello"; readonly base: string }
  /** A port for a client of the page to dial with comes with it. */
  | { readonly type: "client" }
  | { readonly type: "action"; readonly action: InTabAction }
  | { readonly type: "monitor"; readonly ask: number; readonly path: string }
  /** The page goes, and its clients with it. */
  | { readonly type: "bye" };

/** From the worker that runs the server to a page. */
export type FromInTabServer =
  | { readonly type: "state"; readonly state: InTabState }
  /** What monitoring answers, as JSON; null for no answer. */
  | {
      readonly type: "monitored";
      readonly ask: number;
      readonly answer: string | null;
      readonly ours: readonly number[];
    };
