import { breakerOf } from "../../domain/record/breakers.ts";
import type { BreakerState, PeerId } from "../../domain/events/events.ts";
import { shownRecord } from "../../stores/record/shownRecord.ts";
import { leftWords, useLeft } from "./useLeft.ts";
import { useRecord } from "./useRecord.ts";

interface Standing {
  readonly state: BreakerState;
  readonly words: string;
}

/** How a requester's circuit breaker stands, in words; null for one that never changed, which is closed. */
export function useBreaker(peer: PeerId): Standing | null {
  // The number of its last change is enough to know that there is another one.
  const since = useRecord((record) => breakerOf(record, peer)?.since ?? 0);
  const breaker = since === 0 ? undefined : breakerOf(shownRecord(), peer);
  const left = useLeft(breaker?.trialFrom ?? null);
  if (!breaker) return null;
  switch (breaker.state) {
    case "closed":
      return { state: "closed", words: "breaker closed" };
    case "halfOpen":
      return { state: "halfOpen", words: "breaker half-open" };
    case "open":
      return {
        state: "open",
        words: left === null ? "breaker open: the next is a trial" : `breaker open ${leftWords(left)}`,
      };
  }
}
