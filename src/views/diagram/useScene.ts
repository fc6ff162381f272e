import { useMemo } from "react";
import { useStore } from "zustand";
import { displayStore } from "../../stores/record/displayStore.ts";
import { isGone } from "../../domain/events/events.ts";
import { shownPeersStore } from "../../stores/peers/shownPeers.ts";
import type { Scene } from "./layout/flow.ts";
import { layoutOf, type Room } from "./layout/layout.ts";
import { topologyOf, type DiagramResponder, type DiagramRequester } from "./layout/topology.ts";

/** Who takes part and where they stand; changes only when that does, not with what they do. */
export function useScene({ width, height }: Room): Scene {
  // Peers change state and load progress many times a second: what the scene needs of them is compared by its text.
  const text = useStore(shownPeersStore, ({ requesters, responders }) =>
    JSON.stringify({
      requesters: requesters.map(({ id, setup: { name, subject } }): DiagramRequester => ({
        id,
        name,
        subject,
      })),
      responders: responders.map(({ id, state, setup: { name, subject, queue } }): DiagramResponder => ({
        id,
        name,
        subject,
        queue,
        subscribed:
          !isGone(state) && state !== "draining" && state !== "disconnected" && state !== "notSubscribed",
      })),
    }),
  );
  const outside = useStore(displayStore, (display) => display.outside);
  return useMemo(() => {
    // Our own text, from above.
    const { requesters, responders } = JSON.parse(text) as {
      requesters: DiagramRequester[];
      responders: DiagramResponder[];
    };
    const topology = topologyOf(requesters, responders);
    const layout = layoutOf(
      topology,
      requesters.map(({ id }) => id),
      outside,
      { width, height },
      {
        requester: longest(requesters.flatMap(({ name, subject }) => [name, subject])),
        responder: longest(responders.map(({ name }) => name)),
      },
    );
    return { requesters, responders, topology, outside, layout };
  }, [text, outside, width, height]);
}

const longest = (texts: readonly string[]): number => Math.max(0, ...texts.map(({ length }) => length));
