import type { Reason } from "../events/reasons.ts";
import type { PeerId, PeerState } from "../events/events.ts";
import type { Exchange } from "../events/exchange.ts";
import type { Outcome } from "../events/outcomes.ts";
import type { Delay } from "../setup/setup.ts";
import type { Heard } from "../server/subscribers.ts";
import type { Instant } from "../base/instant.ts";

/** Why a call failed, in plain words, and what can be done about it. */
export interface Diagnosis {
  /** In one line, without a full stop. */
  readonly title: string;
  /** What led to it, a sentence or two each. */
  readonly causes: readonly string[];
  /** What to do, the most promising first. */
  readonly remedies: readonly Remedy[];
}

/** Something to do about a failure: in words, and by the page where it can. */
export interface Remedy {
  readonly words: string;
  readonly action: RemedyAction | null;
}

/** What the page can do. Each changes what a person set up, or who runs, as its own controls do. */
export type RemedyAction =
  | {
      readonly kind: "thaw" | "start" | "handleConcurrently" | "stopDropping" | "stopFailing";
      readonly responder: PeerId;
    }
  | { readonly kind: "raiseTimeout"; readonly requester: PeerId; readonly timeoutMs: number }
  | { readonly kind: "changeSubject"; readonly requester: PeerId; readonly subject: string }
  | { readonly kind: "addResponder"; readonly subject: string; readonly queue: string | null }
  | { readonly kind: "startServer" | "startRequester"; readonly requester: PeerId }
  | { readonly kind: "lookAt"; readonly seq: number };

/** A failed call, or a failed exchange of one. */
export interface Failure {
  readonly outcome: Outcome;
  /** Why, as far as the client knows; null where its outcome says all. */
  readonly reason: Reason | null;
  readonly at: Instant;
  readonly requester: PeerId | null;
  /** Null where nothing was published, so that there is none. */
  readonly exchange: Exchange | null;
  /** The exchanges that its handlers made in turn. */
  readonly nested: readonly Exchange[];
  /** The last exchange of its requester that failed before it, by its number; null where none is known. */
  readonly failedBefore?: number | null;
}

/** A responder of the page, as it is set up and as it is now. */
export interface ResponderContext {
  readonly id: PeerId;
  readonly subject: string;
  readonly queue: string | null;
  readonly state: PeerState;
  /** Why it is in that state. */
  readonly reason: Reason | null;
  readonly delay: Delay;
  readonly handling: "oneAtATime" | "concurrent";
  readonly errorShare: number;
  readonly dropShare: number;
}

/** What is known around a failure, besides its own events. */
export interface DiagnosisContext {
  readonly now: Instant;
  readonly nameOf: (peer: PeerId) => string;
  readonly responders: readonly ResponderContext[];
  /** The subject and timeout that requesters of the page have now. */
  readonly requesters: readonly {
    readonly id: PeerId;
    readonly subject: string;
    readonly timeoutMs: number;
    readonly state: PeerState;
  }[];
  /** How a peer of the page stood, as far as the record goes back. */
  readonly stateAt: (
    peer: PeerId,
    at: Instant,
  ) => { readonly state: PeerState; readonly since: Instant } | null;
  /** Who subscribes to what, by the server's own account. */
  readonly heard: Heard;
  /** The largest message that the server takes, in bytes; null while nobody is connected. */
  readonly mostBytes: number | null;
  readonly connected: boolean;
  /** Whether the page can start its server. */
  readonly startsServer: boolean;
}

/** A remedy that a person has to see to. */
export const advice = (words: string): Remedy => ({ words, action: null });
