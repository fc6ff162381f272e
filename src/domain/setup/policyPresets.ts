import { CALL_HEADER, PLAIN_POLICY, PLAIN_RETRY } from "./policies.ts";
import type { Policy } from "./setup.ts";

/** The policies that a person chooses from by name. */
export type PresetId = "fixedTimeout" | "retry" | "retryFallback" | "breaker" | "gather" | "combined";

export interface Preset {
  readonly id: PresetId;
  readonly words: string;
  /** What it does, in a sentence. */
  readonly says: string;
  readonly policy: Policy;
}

const RETRY: Policy = { ...PLAIN_POLICY, retry: PLAIN_RETRY, callHeader: CALL_HEADER };
const FALLBACK = { format: "json", text: '{ "user": null, "source": "fallback" }' } as const;

export const PRESETS: readonly Preset[] = [
  {
    id: "fixedTimeout",
    words: "fixed timeout",
    says: "One attempt. Without a reply in time, the call fails.",
    policy: PLAIN_POLICY,
  },
  {
    id: "retry",
    words: "retry",
    says: "A failed attempt is retried after growing waits: 1 s, 2 s, 4 s.",
    policy: RETRY,
  },
  {
    id: "retryFallback",
    words: "retry, then fallback",
    says: "If no attempt gets a reply, a prepared reply is used instead.",
    policy: { ...RETRY, retry: { ...PLAIN_RETRY, attempts: 3 }, fallback: FALLBACK },
  },
  {
    id: "breaker",
    words: "circuit breaker",
    says: "After several failures in a row, nothing is sent for a while, so that a struggling service can recover.",
    policy: { ...PLAIN_POLICY, breaker: { failures: 3, openMs: 5000 } },
  },
  {
    id: "gather",
    words: "scatter-gather",
    says: "One request, and the replies of every responder that answers it.",
    policy: { ...PLAIN_POLICY, gather: { count: null, forMs: 1000, gapMs: null, sentinel: false } },
  },
  {
    id: "combined",
    words: "combined",
    says: "Choose the parts yourself.",
    policy: {
      ...RETRY,
      retry: { ...PLAIN_RETRY, attempts: 3, jitter: "full" },
      breaker: { failures: 5, openMs: 5000 },
      fallback: FALLBACK,
    },
  },
];

/** The parts of a policy that can be put together, and what each starts as. */
export const PARTS = [
  { part: "retry", words: "retry", start: PLAIN_RETRY },
  { part: "breaker", words: "circuit breaker", start: { failures: 3, openMs: 5000 } },
  { part: "fallback", words: "fallback", start: FALLBACK },
  {
    part: "gather",
    words: "scatter-gather",
    start: { count: null, forMs: 1000, gapMs: null, sentinel: false },
  },
] as const;

/** The preset that has the same parts as a policy, whatever their numbers are. */
export function presetOf({ retry, breaker, fallback, gather }: Policy): PresetId {
  const parts = [retry !== null, breaker !== null, fallback !== null, gather !== null].map(Number).join("");
  return BY_PARTS[parts] ?? "combined";
}

const BY_PARTS: Readonly<Record<string, PresetId>> = {
  "0000": "fixedTimeout",
  "1000": "retry",
  "1010": "retryFallback",
  "0100": "breaker",
  "0001": "gather",
};
