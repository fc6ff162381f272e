import { describeReason } from "../../domain/narration/describeReason.ts";
import { useState } from "react";
import { useStore } from "zustand";
import { retryConnection } from "../../stores/peers/serverActions.ts";
import { controlServer, mayControlServer } from "../../stores/peers/serverControl.ts";
import { serverStore } from "../../stores/server/serverStore.ts";
import { Button } from "../controls/Button.tsx";
import { ServerChoice } from "./ServerChoice.tsx";

/** What is wrong with the connection and what to do about it; nothing while all is well. */
export function ServerTrouble() {
  const connection = useStore(serverStore, (state) => state.connection);
  const url = useStore(serverStore, (state) => state.address.url);
  const reached = useStore(serverStore, (state) => state.reached);
  const [choosing, setChoosing] = useState(false);
  if (connection.kind !== "reconnecting" && connection.kind !== "failed") return null;
  const trying = connection.kind === "reconnecting";
  return (
    <section className="trouble" aria-label="Connection trouble" translate="no">
      <div>
        <p className="trouble-title">
          {reached ? "The connection to the server is lost" : "The server cannot be reached"}{" "}
          <code>{url}</code>
        </p>
        <p>{describeReason(connection.reason)}</p>
        {trying && <p>The page keeps trying. Until then, requests end as “connection lost”.</p>}
      </div>
      <div className="trouble-actions">
        {mayControlServer() && <Button onClick={() => void controlServer("start")}>Start server</Button>}
        <Button onClick={retryConnection}>Try again now</Button>
        <Button onClick={() => setChoosing(true)}>Connect elsewhere …</Button>
      </div>
      <ServerChoice open={choosing} onClose={() => setChoosing(false)} />
    </section>
  );
}
