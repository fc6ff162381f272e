import { createStore } from "zustand/vanilla";
import type { Member } from "../../domain/room/presence.ts";

/** Who is in the class, in the order in which they came: as the teacher's page hears them. */
export const rosterStore = createStore<{ readonly members: readonly Member[] }>(() => ({ members: [] }));
