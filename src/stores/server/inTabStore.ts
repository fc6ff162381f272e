import { createStore } from "zustand/vanilla";
import type { InTabState } from "../../domain/server/inTabServer.ts";

/** How the nats-server in this browser is. Says nothing of note while the page talks to another. */
export const inTabStore = createStore<InTabState>(() => ({ kind: "loading", loaded: 0, total: 0 }));
