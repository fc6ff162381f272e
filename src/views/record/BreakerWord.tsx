import type { RequesterPeer } from "../../stores/peers/peersStore.ts";
import { useBreaker } from "./useBreaker.ts";

/** How the circuit breaker of a requester stands, where it has one. */
export function BreakerWord({ peer }: { readonly peer: RequesterPeer }) {
  const breaker = useBreaker(peer.id);
  if (peer.setup.policy.breaker === null && (breaker === null || breaker.state === "closed")) return null;
  const { state, words } = breaker ?? { state: "closed", words: "breaker closed" };
  return (
    <span className="breaker" data-state={state}>
      <svg className="breaker-sign" viewBox="0 0 16 10" aria-hidden="true">
        <circle cx="2.5" cy="7" r="1.6" />
        <circle cx="13.5" cy="7" r="1.6" />
        <path d={BLADES[state]} />
      </svg>
      {words}
    </span>
  );
}

/** A switch: closed, open, and about to close. */
const BLADES = {
  closed: "M3 7L13 7",
  open: "M3 7L11 1",
  halfOpen: "M3 7L12 4.4",
} as const;
