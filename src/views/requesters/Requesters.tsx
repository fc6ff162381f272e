import { Plus } from "lucide-react";
import { useStore } from "zustand";
import { activeRequester, activeStore } from "../../stores/peers/activeRequester.ts";
import { peersStore } from "../../stores/peers/peersStore.ts";
import { addRequester } from "../../stores/peers/requesterActions.ts";
import { Button } from "../controls/Button.tsx";
import { RequesterCard } from "./RequesterCard.tsx";

export function Requesters() {
  const requesters = useStore(peersStore, (peers) => peers.requesters);
  useStore(activeStore);
  const active = activeRequester();
  return (
    <section className="setup-region" aria-label="Requesters">
      <div className="setup-heading">
        <h2>Requesters</h2>
        <Button look="quiet" onClick={() => addRequester()}>
          <Plus size={14} /> Add requester
        </Button>
      </div>
      {requesters.length === 0 ? (
        <p className="setup-empty">
          There is no requester. Add one: it gets a NATS connection of its own, with an inbox for its replies.
        </p>
      ) : (
        <ul className="peer-list">
          {requesters.map((peer) => (
            <RequesterCard key={peer.id} peer={peer} open={peer.id === active?.id} />
          ))}
        </ul>
      )}
    </section>
  );
}
