import { useId } from "react";
import { useStore } from "zustand";
import { activate } from "../../stores/peers/activeRequester.ts";
import { peersStore } from "../../stores/peers/peersStore.ts";
import { select } from "../../stores/page/selectionStore.ts";
import type { ChosenPeer } from "./useChosenPeer.ts";

/** Whose program it is. To choose another is to select it everywhere. */
export function PeerChoice({ chosen }: { readonly chosen: ChosenPeer }) {
  const id = useId();
  const { requesters, responders } = useStore(peersStore);
  const choose = (peer: number): void => {
    const kind = requesters.some((each) => each.id === peer) ? "requester" : "responder";
    if (kind === "requester") activate(peer);
    select({ kind, id: peer });
  };
  return (
    <span className="code-choice">
      <label htmlFor={id}>Program of</label>
      <select
        id={id}
        className="input mono"
        value={chosen.id}
        onChange={(event) => choose(Number(event.target.value))}
      >
        {[...requesters, ...responders].map((peer) => (
          <option key={peer.id} value={peer.id}>
            {peer.setup.name}
          </option>
        ))}
      </select>
    </span>
  );
}
