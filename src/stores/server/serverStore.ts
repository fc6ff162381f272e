import { createStore } from "zustand/vanilla";
import type { ConnectionState, ServerAddress } from "../../domain/server/connection.ts";

interface ServerState {
  readonly address: ServerAddress;
  /** The page's own connection, which only observes the state of the server. */
  readonly connection: ConnectionState;
  /** Whether the page was ever connected to this address. */
  readonly reached: boolean;
  /** Where the server's monitoring answers, or null where the page has no way to it. */
  readonly monitoringUrl: string | null;
  /** The server that was started with the page, if one was; where its monitoring answers, and who starts and ends it. */
  readonly home: {
    readonly url: string;
    readonly monitoringUrl: string | null;
    readonly controlUrl: string | null;
    /** Where programs reach it over TCP. */
    readonly clientUrl: string | null;
    /** Where the page's server offers a handler over HTTP, to compare it with NATS. */
    readonly comparisonUrl: string | null;
  } | null;
}

export const serverStore = createStore<ServerState>(() => ({
  address: { url: "ws://127.0.0.1:9222", credentials: { kind: "none" } },
  connection: { kind: "connecting" },
  reached: false,
  monitoringUrl: null,
  home: null,
}));
