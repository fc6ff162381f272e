import { type ComparisonProgress, transportFigures } from "../../domain/load/comparison.ts";
import { formatBytes, formatCount } from "../../domain/base/formats.ts";
import type { ComparisonState } from "../../stores/loads/comparisonStore.ts";
import { formatMeasured } from "../results/latency/measured.ts";

export interface Claim {
  readonly aspect: string;
  /** What is often said, of NATS and of HTTP. */
  readonly said: readonly [nats: string, http: string];
  /** What this run measured, or why this page cannot. */
  readonly seen: string;
}

/** What is often said of NATS and HTTP, each beside what was measured, or why it cannot be measured here. */
export function claimsBeside({ progress, http }: ComparisonState, stepMs: number): readonly Claim[] {
  return [
    { aspect: "Latency", said: ["under 1 ms", "5 to 50 ms"], seen: latencySeen(progress, stepMs) },
    {
      aspect: "Load balancing",
      said: ["automatic", "needs a load balancer"],
      seen: "Not measured: over HTTP there is one process here. NATS shared requests among members of a queue group in “Sharing the load”; add a second responder and run this again, and both share the requests. Over HTTP, a load balancer would have to do that.",
    },
    {
      aspect: "Discovery",
      said: ["by subject", "needs a registry"],
      seen: "About addresses, not time: both NATS ways asked a subject without knowing where the handler runs, in this page or in the server. HTTP needed an address; here it is that of the page.",
    },
    { aspect: "Connection", said: ["kept", "one for each request"], seen: connectionsSeen(http) },
    { aspect: "Overhead", said: ["minimal", "headers, TLS handshake"], seen: bytesSeen(progress, http) },
    {
      aspect: "Streaming",
      said: ["built in", "limited"],
      seen: "Not measured: one request had one reply. With NATS many replies may come to one inbox, see “Asking everyone”. HTTP streams too: chunked bodies, server-sent events, HTTP/2.",
    },
  ];
}

function latencySeen(progress: ComparisonProgress | null, stepMs: number): string {
  if (!progress) return "Run the comparison.";
  const median = (way: "natsServer" | "httpKept" | "httpNew"): string => {
    const figures = transportFigures(progress.results[way]);
    return figures ? formatMeasured(figures.p50Ms, stepMs) : "nothing";
  };
  return `Half of the requests took at most ${median("natsServer")} over NATS, ${median("httpKept")} over HTTP with a kept connection, ${median("httpNew")} with a new one: on one machine, from a browser. A real network adds its own delay to both.`;
}

function connectionsSeen(http: ComparisonState["http"]): string {
  if (!http) return "Run the comparison.";
  const { kept, new: anew } = http;
  return `HTTP/1.1 keeps connections too: ${formatCount(kept.requests)} requests over ${formatCount(kept.connections)} kept, ${formatCount(anew.requests)} over ${formatCount(anew.connections)} where each was closed. NATS used one on each side of its server.`;
}

function bytesSeen(progress: ComparisonProgress | null, http: ComparisonState["http"]): string {
  const natsBytes = progress?.natsBytes ?? null;
  if (natsBytes === null || !http || http.kept.requests === 0) return "Run the comparison.";
  const perRequest = (http.kept.bytesIn + http.kept.bytesOut) / http.kept.requests;
  return `A request and its reply took ${formatBytes(natsBytes)} over this page’s NATS connection, WebSocket frame heads not counted, and ${formatBytes(Math.round(perRequest))} over HTTP, most of it headers that browsers send. TLS is not measured: loopback has none.`;
}
