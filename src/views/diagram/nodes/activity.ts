import type { PeerState } from "../../../domain/events/events.ts";
import { formatCompact } from "../../../domain/base/formats.ts";
import type { ShownPeer } from "../../../stores/record/peerActivity.ts";

/** What a responder is doing, each with a shape of its own. */
export type Activity = "idle" | "busy" | "frozen" | "draining" | "ended" | "refused" | "dead" | "connecting";

export function activityOf(
  state: PeerState,
  { inHand, perSecond }: Pick<ShownPeer, "inHand" | "perSecond">,
): Activity {
  switch (state) {
    case "connected":
      return inHand > 0 || (perSecond ?? 0) > 0 ? "busy" : "idle";
    case "frozen":
    case "draining":
      return state;
    case "starting":
    case "reconnecting":
      return "connecting";
    case "drained":
    case "removed":
    case "unreviewed":
      return "ended";
    case "notSubscribed":
      return "refused";
    case "disconnected":
    case "killed":
    case "crashed":
      return "dead";
  }
}

/** The same in words, with how much it handles at once and how much waits in line; where much comes, how much each second. */
export function activityWords(
  state: PeerState,
  { inHand, running, perSecond }: Pick<ShownPeer, "inHand" | "running" | "perSecond">,
): string {
  switch (state) {
    case "connected": {
      const line = inHand - running;
      if (perSecond !== null && perSecond > 0)
        return `${formatCompact(perSecond)}/s${inHand > 0 ? `, ${inHand} busy` : ""}`;
      if (inHand === 0) return "idle";
      return line > 0
        ? `busy ${running} · ${line} in line`
        : `busy ${running}${running > 1 ? " at once" : ""}`;
    }
    case "frozen":
      return inHand === 0 ? "frozen" : `frozen · holds ${inHand}`;
    case "draining":
      return inHand === 0 ? "draining" : `draining · ${inHand} left`;
    case "starting":
      return "connecting";
    case "reconnecting":
      return "reconnecting";
    case "drained":
      return "drained";
    case "removed":
      return "removed";
    case "disconnected":
      return "disconnected";
    case "killed":
      return "dead";
    case "crashed":
      return "crashed";
    case "unreviewed":
      return "code not reviewed";
    case "notSubscribed":
      return "not subscribed";
  }
}
