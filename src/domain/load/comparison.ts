import { figuresOfTimes, type LatencyFigures } from "../statistics/latency.ts";

/** The ways to ask one and the same handler. */
export const TRANSPORTS = ["natsServer", "natsPage", "httpKept", "httpNew"] as const;

export type Transport = (typeof TRANSPORTS)[number];

/** What is compared, to the letter. */
export const TRANSPORT_WORDS: Readonly<Record<Transport, { readonly title: string; readonly what: string }>> =
  {
    natsServer: {
      title: "NATS, answered by the page’s server",
      what: "From a worker of this page over WebSocket to nats-server, over TCP to the Node process that serves this page, and back.",
    },
    natsPage: {
      title: "NATS, answered by this page",
      what: "From a worker of this page over WebSocket to nats-server, over WebSocket to a responder in another worker, and back.",
    },
    httpKept: {
      title: "HTTP, connection kept",
      what: "From the same worker with fetch to the same Node process, over a connection that stays open.",
    },
    httpNew: {
      title: "HTTP, new connection each time",
      what: "The same, but each request opens its own TCP connection. No TLS: this is loopback.",
    },
  };

export interface ComparisonPlan {
  /** Requests of each way. */
  readonly rounds: number;
  readonly payload: string;
  /** Where the page's server answers over HTTP. */
  readonly httpUrl: string;
  /** Where the page's server answers over NATS. */
  readonly serverSubject: string;
  /** Where a responder of the page answers. */
  readonly pageSubject: string;
}

/** What came of one way so far. */
export interface TransportResult {
  /** Of each request that got its reply, in ms. */
  readonly timesMs: readonly number[];
  /** Requests that got none, or an error. */
  readonly failures: number;
  /** Requests over HTTP that did not get the kind of connection they were for: not counted among the times. */
  readonly setAside: number;
  /** Why it failed last, empty for no failure. */
  readonly reason: string;
}

export interface ComparisonProgress {
  readonly running: boolean;
  readonly done: number;
  readonly of: number;
  readonly results: Readonly<Record<Transport, TransportResult>>;
  /** Bytes of the NATS protocol that crossed this worker's WebSocket for one request and its reply; null while unknown. */
  readonly natsBytes: number | null;
}

/** The sequence of ways in a round: it begins with another one each time, so that none is always first. */
export const transportsOfRound = (round: number): readonly Transport[] =>
  TRANSPORTS.map((_, index) => TRANSPORTS[(round + index) % TRANSPORTS.length] ?? "natsServer");

export const transportFigures = ({ timesMs }: TransportResult): LatencyFigures | null =>
  figuresOfTimes(timesMs);
