import { SendHorizontal } from "lucide-react";
import { formatCount } from "../../domain/base/formats.ts";
import type { RequesterPeer } from "../../stores/peers/peersStore.ts";
import { editRequester, send } from "../../stores/peers/requesterActions.ts";
import { Button } from "../controls/Button.tsx";
import { NumberField } from "../controls/NumberField.tsx";
import { isUnsendable } from "./unsendable.ts";

/** More at once than this is a load, and has a form of its own. */
const MOST_AT_ONCE = 10_000;

interface Props {
  readonly peer: RequesterPeer;
  /** How many requests the second button sends. */
  readonly count: number;
}

export function SendRow({ peer, count }: Props) {
  const sendUnlessWrong = (button: Element, sending: "one" | "several"): void => {
    if (isUnsendable(button.closest(".peer"), sending)) return;
    send(peer.id, sending === "one" ? 1 : count);
  };
  const ready = peer.state !== "starting" && peer.state !== "crashed";
  return (
    <div className="send send-buttons">
      <Button
        look="primary"
        disabled={!ready}
        onClick={(event) => sendUnlessWrong(event.currentTarget, "one")}
      >
        <SendHorizontal size={15} /> Send
      </Button>
      <Button disabled={!ready} onClick={(event) => sendUnlessWrong(event.currentTarget, "several")}>
        Send {formatCount(count)} at once
      </Button>
    </div>
  );
}

interface LimitsProps extends Props {
  readonly onCount: (count: number) => void;
}

/** How long a request waits, and how many the second button sends. */
export function SendLimits({ peer, count, onCount }: LimitsProps) {
  return (
    <div className="send">
      <NumberField
        label="Timeout"
        unit="ms"
        value={peer.setup.timeoutMs}
        min={1}
        max={600_000}
        whole
        disabled={peer.setup.policy.gather !== null}
        onChange={(timeoutMs) => editRequester(peer.id, { timeoutMs })}
      />
      <NumberField
        label="Requests to send"
        value={count}
        min={1}
        max={MOST_AT_ONCE}
        whole
        onChange={onCount}
      />
    </div>
  );
}
