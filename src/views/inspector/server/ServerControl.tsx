import { useState } from "react";
import { useStore } from "zustand";
import { controlServer, mayControlServer, type ServerDeed } from "../../../stores/peers/serverControl.ts";
import { serverStore } from "../../../stores/server/serverStore.ts";
import { Button } from "../../controls/Button.tsx";

/** Breaks the server, and mends it, where it was started with the page. */
export function ServerControl() {
  const connected = useStore(serverStore, ({ connection }) => connection.kind === "connected");
  useStore(serverStore, ({ home, address }) => home ?? address);
  const [busy, setBusy] = useState(false);
  if (!mayControlServer()) return null;
  const act = async (action: ServerDeed): Promise<void> => {
    setBusy(true);
    await controlServer(action);
    setBusy(false);
  };
  return (
    <div className="server-control">
      {connected ? (
        <>
          <Button
            disabled={busy}
            title="Shuts down cleanly: clients are told"
            onClick={() => void act("stop")}
          >
            Stop server
          </Button>
          <Button
            disabled={busy}
            title="Shuts down cleanly and starts again: clients reconnect by themselves"
            onClick={() => void act("restart")}
          >
            Restart server
          </Button>
          <Button disabled={busy} title="Ends it at once, like a crash" onClick={() => void act("kill")}>
            Kill server
          </Button>
          <Button
            disabled={busy}
            title="Takes no new connections, asks clients to leave, and ends when all have left"
            onClick={() => void act("lame-duck")}
          >
            Lame duck
          </Button>
        </>
      ) : (
        <Button disabled={busy} onClick={() => void act("start")}>
          Start server
        </Button>
      )}
    </div>
  );
}
