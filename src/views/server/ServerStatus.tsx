import { useStore } from "zustand";
import { formatMs } from "../../domain/base/formats.ts";
import { serverStore } from "../../stores/server/serverStore.ts";
import { StatusWords } from "./StatusWords.tsx";

/** Which server the page talks to and how that stands; opens the choice of another. */
export function ServerStatus({ onChoose }: { readonly onChoose: () => void }) {
  const url = useStore(serverStore, (state) => state.address.url);
  const connection = useStore(serverStore, (state) => state.connection);
  const rttMs = connection.kind === "connected" ? connection.rttMs : null;
  return (
    <div className="status" data-kind={connection.kind}>
      <StatusWords />
      <button
        type="button"
        className="status-url mono"
        onClick={onChoose}
        aria-label={`Server: ${url}. Connect elsewhere`}
      >
        {url}
      </button>
      {rttMs !== null && (
        <span
          className="status-rtt"
          title="Round trip to the server: from PING to PONG on the page's own connection"
        >
          rtt {formatMs(rttMs)}
        </span>
      )}
    </div>
  );
}
