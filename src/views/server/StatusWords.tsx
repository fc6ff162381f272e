import { useStore } from "zustand";
import type { ConnectionState } from "../../domain/server/connection.ts";
import { IN_TAB, type InTabState } from "../../domain/server/inTabServer.ts";
import { formatBytes } from "../../domain/base/formats.ts";
import { inTabStore } from "../../stores/server/inTabStore.ts";
import { serverStore } from "../../stores/server/serverStore.ts";

/** Which server the page talks to and how that stands, in words. */
export function StatusWords() {
  const url = useStore(serverStore, (state) => state.address.url);
  const connection = useStore(serverStore, (state) => state.connection);
  const state = useStore(inTabStore);
  return (
    <p role="status" className="status-words" translate="no">
      <span className="status-light" aria-hidden="true" />
      {url === IN_TAB ? inTabWords(connection, state) : words(connection)}
    </p>
  );
}

/** Of the server in this browser, which has to be fetched first and of which more is known. */
function inTabWords(connection: ConnectionState, state: InTabState): string {
  switch (state.kind) {
    case "loading":
      if (connection.kind === "failed") return "Disconnected";
      return state.total === 0
        ? "Loading nats-server …"
        : `Loading nats-server … ${Math.floor((100 * state.loaded) / state.total)} % of ${formatBytes(state.total)}`;
    case "starting":
      return "Starting nats-server …";
    case "lameDuck":
      return `${words(connection)} in lame duck mode`;
    case "running":
      return connection.kind === "connected"
        ? `${words(connection)} in this ${state.shared ? "browser" : "tab"}`
        : words(connection);
    case "stopped":
    case "failed":
      return words(connection);
  }
}

function words(connection: ConnectionState): string {
  switch (connection.kind) {
    case "connecting":
      return "Connecting …";
    case "connected": {
      const { name, version } = connection.server;
      // A server that was given no name calls itself by its id, 56 letters long.
      const called = name.length > 24 ? "" : ` (${name})`;
      return `Connected to nats-server ${version}${called}`;
    }
    case "reconnecting":
      return `Reconnecting … attempt ${connection.attempt}`;
    case "failed":
    case "closed":
      return "Disconnected";
  }
}
