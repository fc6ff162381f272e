import { createStore } from "zustand/vanilla";
import type { PeerId } from "../../domain/events/events.ts";

interface RenderingSuspended {
  /** Whose loads run that are not to be drawn. */
  readonly requesters: ReadonlySet<PeerId>;
}

/**
 * Drawing and following take time from the requests where processors are few, and what is measured then is the page as well. So the page
 * can stand still while a load runs: nothing that arrives is shown before its end, and workers tell of it seldom. All of it is recorded.
 */
export const renderingStore = createStore<RenderingSuspended>(() => ({ requesters: new Set() }));

export const isRenderingSuspended = (): boolean => renderingStore.getState().requesters.size > 0;

/** Until this requester's load ends. */
export function suspendRendering(requester: PeerId): void {
  renderingStore.setState(({ requesters }) => ({ requesters: new Set(requesters).add(requester) }));
}

/** This requester's load is over. */
export function resumeRendering(requester: PeerId): void {
  const { requesters } = renderingStore.getState();
  if (requesters.has(requester))
    renderingStore.setState({ requesters: new Set([...requesters].filter((id) => id !== requester)) });
}

/** Draws again, whatever runs. */
export function drawAgain(): void {
  renderingStore.setState({ requesters: new Set() });
}
