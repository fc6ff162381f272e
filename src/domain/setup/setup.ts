import type { Header } from "../messages/headersBlock.ts";
import type { PayloadFormat } from "../messages/templates.ts";

/** What a person sets up: plain data, kept across reloads and, as a scenario, exported with results. */

/** Simulated work before a handler runs. All values in ms, none negative. */
export type Delay =
  | { readonly kind: "none" }
  | { readonly kind: "fixed"; readonly ms: number }
  | { readonly kind: "uniform"; readonly minMs: number; readonly maxMs: number }
  | { readonly kind: "normal"; readonly meanMs: number; readonly deviationMs: number }
  | { readonly kind: "exponential"; readonly meanMs: number };

export type HandlerRef =
  | { readonly kind: "builtin"; readonly id: string }
  /** JavaScript that a person wrote. Whoever puts it up from a link or a file has to have it agreed to first. */
  | {
      readonly kind: "code";
      readonly title: string;
      readonly source: string;
      /** The built-in handler that it began as, by its id. */
      readonly basedOn?: string;
    };

export interface ResponderSetup {
  readonly name: string;
  /** May hold the wildcards `*` and `>`. */
  readonly subject: string;
  /** Null: no queue group, every such responder gets every request. */
  readonly queue: string | null;
  readonly handler: HandlerRef;
  readonly delay: Delay;
  readonly handling: "oneAtATime" | "concurrent";
  /** 0 to 1: this share of requests is answered with an error without running the handler. */
  readonly errorShare: number;
  /** 0 to 1: this share of requests is never answered. */
  readonly dropShare: number;
}

/**
 * multiplexed: one subscription with a wildcard for the replies to all requests. perRequest: a subscription for each request,
 * which ends with its reply.
 */
export type InboxMode = "multiplexed" | "perRequest";

/** How an attempt can end so that its policy does something about it. */
export type FailureOutcome = "timedOut" | "noResponders" | "connectionLost" | "errorReply";

/** Asking again. All times in ms. */
export interface RetryPolicy {
  /** At most so many, the first one included. */
  readonly attempts: number;
  /** How long each attempt waits: the requester's timeout, or twice as long each time. */
  readonly timeouts: "same" | "exponential";
  /** How long to wait before asking again: not at all, always as long, or twice as long each time. */
  readonly backoff: "none" | "fixed" | "exponential";
  readonly firstDelayMs: number;
  /** No wait is longer. */
  readonly maxDelayMs: number;
  /**
   * full: a random part of the wait. decorrelated: between the first wait and three times the one before. The seed of the
   * setup decides both.
   */
  readonly jitter: "none" | "full" | "decorrelated";
}

/** After so many failures in a row nothing is sent for `openMs`; then one attempt is let through to see. */
export interface BreakerPolicy {
  readonly failures: number;
  readonly openMs: number;
}

/** Many replies to one request, until whichever of these comes first. */
export interface GatherPolicy {
  /** So many replies; null: however many there are. */
  readonly count: number | null;
  /** So long after the request, in ms. */
  readonly forMs: number;
  /** So long without another reply, counted from each reply, in ms; null: no matter. */
  readonly gapMs: number | null;
  /** An empty reply, which says that there are no more. */
  readonly sentinel: boolean;
}

/** What a requester does about failures, and how many replies it takes. */
export interface Policy {
  /** What counts as a failure: it is tried again, counted by the breaker, and replaced by the fallback. */
  readonly on: readonly FailureOutcome[];
  readonly retry: RetryPolicy | null;
  readonly breaker: BreakerPolicy | null;
  /** Given in place of a reply when there is none to be had. */
  readonly fallback: { readonly format: "json" | "text"; readonly text: string } | null;
  readonly gather: GatherPolicy | null;
  /**
   * The name of a header that is the same for each attempt of one call and another for each call, so that a handler can know a
   * request again that it has executed already. Beside it `Attempt` counts from 1. Null: neither is sent.
   */
  readonly callHeader: string | null;
}

export interface RequesterSetup {
  readonly name: string;
  /** Where requests go; no wildcards. */
  readonly subject: string;
  /** In JSON and text placeholders are filled in; hex and base64 are bytes as they are written. */
  readonly payload: { readonly format: PayloadFormat; readonly template: string };
  readonly headers: readonly Header[];
  /** How long one attempt waits for its reply; not used where replies are gathered. */
  readonly timeoutMs: number;
  /** Where replies are awaited; multiplexed where nothing is said. */
  readonly inbox?: InboxMode;
  readonly policy: Policy;
}

/** Ends at whichever bound is reached first; at least one is given. */
export interface LoadBounds {
  readonly requests: number | null;
  readonly durationMs: number | null;
}

/** How the rate of an open load goes. */
export type LoadShape =
  /** One call after another, evenly. */
  | { readonly kind: "constant" }
  /** At random, as of people who know nothing of each other: the gaps are exponential, their mean is that of the rate. */
  | { readonly kind: "poisson" }
  /** From the plan's rate to this one, in a straight line. */
  | { readonly kind: "ramp"; readonly toPerSecond: number }
  /** The plan's rate, but this one for `forMs` from `afterMs` on. */
  | {
      readonly kind: "spike";
      readonly toPerSecond: number;
      readonly afterMs: number;
      readonly forMs: number;
    };

interface LoadParts {
  readonly bounds: LoadBounds;
  /** So many calls at the beginning are made but not measured. Where nothing is said: a tenth of them, at most 100. */
  readonly warmUpCalls?: number;
  /** While it runs the page draws and follows nothing: on few processors that takes time from what is measured. */
  readonly undrawn?: boolean;
}

/** Closed: so many calls are kept in flight, and the next one waits for a reply. */
export interface ClosedPlan extends LoadParts {
  readonly kind: "concurrency";
  readonly concurrency: number;
}

/** Open: so many calls a second are started, whatever is still in flight. Constant where no shape is said. */
export interface OpenPlan extends LoadParts {
  readonly kind: "rate";
  readonly perSecond: number;
  readonly shape?: LoadShape;
}

export type LoadPlan = ClosedPlan | OpenPlan;

/** Everything a person set up; `seed` decides every random choice made inside the page. */
export interface Setup {
  readonly seed: number;
  readonly responders: readonly ResponderSetup[];
  readonly requesters: readonly RequesterSetup[];
}

/** Whether two setups say the same. */
export const sameSetup = (a: Setup, b: Setup): boolean => canonical(a) === canonical(b);

/** As JSON with its members in one order, whatever order they were written in. */
const canonical = (setup: Setup): string =>
  JSON.stringify(setup, (_key, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
