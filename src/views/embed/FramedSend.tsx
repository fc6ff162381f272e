import { SendHorizontal } from "lucide-react";
import { useStore } from "zustand";
import { activate, activeStore } from "../../stores/peers/activeRequester.ts";
import { peersStore } from "../../stores/peers/peersStore.ts";
import { send } from "../../stores/peers/requesterActions.ts";
import { Button } from "../controls/Button.tsx";

const AT_ONCE = 10;

/** Sends what the requesters of the scenario send; nothing of it is changed here. */
export function FramedSend() {
  const requesters = useStore(peersStore, (peers) => peers.requesters);
  const chosen = useStore(activeStore, ({ id }) => id);
  const peer = requesters.find(({ id }) => id === chosen) ?? requesters[0];
  if (!peer) return null;
  const ready = peer.state !== "starting" && peer.state !== "crashed";
  return (
    <div className="guest-send">
      {requesters.length > 1 && (
        <select
          className="input"
          aria-label="Requester"
          value={peer.id}
          onChange={({ currentTarget }) => {
            const next = requesters[currentTarget.selectedIndex];
            if (next) activate(next.id);
          }}
        >
          {requesters.map(({ id, setup }) => (
            <option key={id} value={id}>
              {setup.name}
            </option>
          ))}
        </select>
      )}
      <Button look="primary" disabled={!ready} onClick={() => send(peer.id, 1)}>
        <SendHorizontal size={14} aria-hidden="true" /> Send
      </Button>
      <Button disabled={!ready} onClick={() => send(peer.id, AT_ONCE)}>
        Send {AT_ONCE} <span className="guest-at-once">at once</span>
      </Button>
    </div>
  );
}
