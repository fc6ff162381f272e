import { createStore } from "zustand/vanilla";
import type { EmbeddedState } from "../../domain/server/embedded.ts";

/** How the nats-server in this browser is. Says nothing of note while the page talks to another. */
export const embeddedStore = createStore<EmbeddedState>(() => ({ kind: "loading", loaded: 0, total: 0 }));
