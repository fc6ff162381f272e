import { Route } from "lucide-react";
import { useStore } from "zustand";
import { canTrace } from "../../domain/frames/serverTrace.ts";
import type { RequesterPeer } from "../../stores/peers/peersStore.ts";
import { sendTraced } from "../../stores/peers/requesterActions.ts";
import { serverStore } from "../../stores/server/serverStore.ts";
import { Button } from "../controls/Button.tsx";

/** One request whose way the server itself tells, in the Inspector. */
export function SendTraced({ peer }: { readonly peer: RequesterPeer }) {
  const version = useStore(serverStore, ({ connection }) =>
    connection.kind === "connected" ? connection.server.version : "",
  );
  const ready = peer.state !== "starting" && peer.state !== "crashed";
  return (
    <div className="send-traced">
      <Button disabled={!ready} onClick={() => sendTraced(peer.id)}>
        <Route size={14} /> Send traced
      </Button>
      <p className="field-hint">
        {canTrace(version)
          ? "Sends one request. The server reports which subscriptions it chose, including those of programs outside this page."
          : `nats-server ${version} cannot trace requests. 2.11 and newer can.`}
      </p>
    </div>
  );
}
