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

export interface Header {
  readonly name: string;
  readonly value: string;
}

/**
 * multiplexed: one subscription with a wildcard for the replies to all requests. perRequest: a subscription for each request,
 * which ends with its reply.
 */
export type InboxMode = "multiplexed" | "perRequest";

export interface RequesterSetup {
  readonly name: string;
  /** Where requests go; no wildcards. */
  readonly subject: string;
  readonly payload: { readonly format: "json" | "text"; readonly template: string };
  readonly headers: readonly Header[];
  readonly timeoutMs: number;
  /** Where replies are awaited; multiplexed where nothing is said. */
  readonly inbox?: InboxMode;
}

/** Ends at whichever bound is reached first; at least one is given. */
export interface LoadBounds {
  readonly requests: number | null;
  readonly durationMs: number | null;
}

export type LoadPlan =
  /** Closed: so many calls are kept in flight. */
  | { readonly kind: "concurrency"; readonly concurrency: number; readonly bounds: LoadBounds }
  /** Open: so many calls a second are started, whatever is still in flight. */
  | { readonly kind: "rate"; readonly perSecond: number; readonly bounds: LoadBounds };

/** Everything a person set up; `seed` decides every random choice made inside the page. */
export interface Setup {
  readonly seed: number;
  readonly responders: readonly ResponderSetup[];
  readonly requesters: readonly RequesterSetup[];
}
