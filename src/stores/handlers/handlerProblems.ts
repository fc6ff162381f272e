import { createStore } from "zustand/vanilla";
import type { PeerId } from "../../domain/events/events.ts";
import type { HandlerProblem } from "../../domain/setup/handlerSource.ts";

/** What went wrong last in the code of each responder, since it was loaded. */
export const handlerProblems = createStore<{ readonly byPeer: ReadonlyMap<PeerId, HandlerProblem> }>(() => ({
  byPeer: new Map(),
}));

/** Null: its code was loaded, and nothing is wrong so far. */
export function reportHandlerProblem(peer: PeerId, problem: HandlerProblem | null): void {
  const byPeer = new Map(handlerProblems.getState().byPeer);
  if (problem === null && !byPeer.delete(peer)) return;
  if (problem !== null) byPeer.set(peer, problem);
  handlerProblems.setState({ byPeer });
}
