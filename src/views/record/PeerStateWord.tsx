import type { Reason } from "../../domain/events/reasons.ts";
import { describeReasonIfAny } from "../../domain/narration/describeReason.ts";
import type { PeerState } from "../../domain/events/events.ts";

const WORDS: Readonly<Record<PeerState, string>> = {
  starting: "connecting …",
  connected: "connected",
  reconnecting: "reconnecting …",
  disconnected: "disconnected",
  frozen: "frozen",
  draining: "draining …",
  drained: "drained",
  killed: "dead",
  crashed: "crashed",
  removed: "stopped",
  unreviewed: "code not reviewed",
  notSubscribed: "not subscribed",
};

interface Props {
  readonly state: PeerState;
  readonly reason: Reason | null;
  /** Said instead of “connected” while there is something to do. */
  readonly busy: string | null;
}

/** The state of a peer as a shape and a word. */
export function PeerStateWord({ state, reason, busy }: Props) {
  return (
    <span className="peer-state" data-state={state} title={describeReasonIfAny(reason) || undefined}>
      <span className="peer-light" aria-hidden="true" />
      {state === "connected" ? (busy ?? WORDS.connected) : WORDS[state]}
    </span>
  );
}
