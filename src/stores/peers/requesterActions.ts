import type { PeerId } from "../../domain/events/events.ts";
import { checkLoadPlan } from "../../domain/load/loadPlans.ts";
import { deriveSeed } from "../../domain/base/random.ts";
import type { Run } from "../../domain/load/runs.ts";
import { scheduleSeed } from "../../domain/load/schedules.ts";
import { nextName } from "../../domain/setup/names.ts";
import type { LoadPlan, RequesterSetup } from "../../domain/setup/setup.ts";
import { exchangeRange, readExchange, summariseExchange } from "../../domain/exchanges/readExchange.ts";
import { isTraced } from "../../domain/frames/serverTrace.ts";
import { pageNow } from "../page/clock.ts";
import { recordStore } from "../record/recordStore.ts";
import { announceRun, stopRunsOf } from "../record/runsStore.ts";
import { seedStore } from "./seedStore.ts";
import { DEFAULT_PLAN, DEFAULT_REQUESTER } from "../../domain/setup/defaultSetup.ts";
import { offerUndo } from "../page/history.ts";
import { notify } from "../page/noticesStore.ts";
import { killRequesterLink, linkRequester, requesterLink } from "./peerLinks.ts";
import {
  namesBeside,
  newPeerId,
  patchRequester,
  peersStore,
  rememberName,
  requesterOf,
  type RequesterPeer,
} from "./peersStore.ts";
import { select, selectionStore } from "../page/selectionStore.ts";
import { suspendRendering } from "../record/renderingSuspended.ts";

/** Puts up a requester: like the last one unless told otherwise. Returns its id. */
export function addRequester(setup: Partial<RequesterSetup> = {}): PeerId {
  const { requesters } = peersStore.getState();
  const like = requesters.at(-1)?.setup ?? DEFAULT_REQUESTER;
  return addAfter(requesters.length, { ...like, name: nextName("client", namesBeside(null)), ...setup });
}

export function duplicateRequester(id: PeerId): void {
  const { requesters } = peersStore.getState();
  const index = requesters.findIndex((peer) => peer.id === id);
  const original = requesters[index];
  if (original)
    addAfter(index + 1, { ...original.setup, name: nextName(original.setup.name, namesBeside(null)) });
}

function addAfter(at: number, setup: RequesterSetup, id = newPeerId()): PeerId {
  const before = removed.get(id);
  removed.delete(id);
  peersStore.setState(({ requesters }) => ({
    requesters: requesters.toSpliced(at, 0, {
      id,
      setup,
      state: "starting",
      reason: null,
      plan: before?.plan ?? DEFAULT_PLAN,
      load: null,
      asked: before?.asked ?? 0,
    }),
  }));
  linkRequester(id);
  return id;
}

/** What was planned for requesters that are gone, and how many calls they made. */
const removed = new Map<PeerId, RequesterPeer>();

/** Keeps what is not of the setup, for a requester that may come back. */
export function rememberRequester(peer: RequesterPeer): void {
  removed.set(peer.id, peer);
  rememberName(peer.id, peer.setup.name);
}

/** Gives a requester this setup; one that was removed comes back, in its place. */
export function putRequester(index: number, id: PeerId, setup: RequesterSetup): void {
  if (requesterOf(id)) changeRequester(id, setup);
  else addAfter(index, setup, id);
}

/** Changes what a requester asks from its next call on. A new name takes a new connection. */
export function editRequester(id: PeerId, patch: Partial<RequesterSetup>): void {
  const peer = requesterOf(id);
  if (peer) changeRequester(id, { ...peer.setup, ...patch });
}

function changeRequester(id: PeerId, setup: RequesterSetup): void {
  const peer = requesterOf(id);
  if (!peer) return;
  patchRequester(id, { setup });
  if (setup.name !== peer.setup.name && requesterLink(id)) {
    killRequesterLink(id, "removed", { kind: "renamed" });
    linkRequester(id);
  }
}

/** Its calls in flight are cancelled. Silently: without a word, for one that the page itself has put up, or takes back. */
export function removeRequester(id: PeerId, how: "said" | "silently" = "said"): void {
  const peer = requesterOf(id);
  if (!peer) return;
  const index = peersStore.getState().requesters.indexOf(peer);
  rememberRequester(peer);
  killRequesterLink(id, "removed", null);
  peersStore.setState(({ requesters }) => ({ requesters: requesters.filter((other) => other.id !== id) }));
  const { selected } = selectionStore.getState();
  if (selected?.kind === "requester" && selected.id === id) select(null);
  if (how === "silently") return;
  offerUndo(`${peer.setup.name} is removed.`, () => putRequester(index, id, peer.setup));
}

/** Makes `count` calls at once. */
export function send(id: PeerId, count: number): void {
  const peer = requesterOf(id);
  const link = requesterLink(id);
  if (!peer || !link) return;
  patchRequester(id, { asked: peer.asked + count });
  link.send(peer.setup, count, peer.asked + 1);
}

/** How long the page looks for the exchange of a traced call, in ms. */
const LOOKS_MS = 5000;
/** Among so many exchanges, should others go on meanwhile. */
const LOOKED_AT = 500;

/** Makes one call, asks the server to tell what it does with it, and selects its exchange. */
export function sendTraced(id: PeerId): void {
  const peer = requesterOf(id);
  const link = requesterLink(id);
  if (!peer || !link) return;
  const { record } = recordStore.getState();
  const before = exchangeRange(record).last;
  const look = (): void => {
    const { last } = exchangeRange(record);
    for (let seq = before + 1; seq <= Math.min(last, before + LOOKED_AT); seq++) {
      if (summariseExchange(record, seq)?.requester !== id) continue;
      const exchange = readExchange(record, seq);
      if (!exchange || !isTraced(exchange)) continue;
      select({ kind: "exchange", seq });
      return stop();
    }
  };
  const unsubscribe = recordStore.subscribe(look);
  const timer = setTimeout(unsubscribe, LOOKS_MS);
  const stop = (): void => {
    clearTimeout(timer);
    unsubscribe();
  };
  patchRequester(id, { asked: peer.asked + 1 });
  link.sendTraced(peer.setup, peer.asked + 1);
}

export function editPlan(id: PeerId, plan: LoadPlan): void {
  patchRequester(id, { plan });
}

/** Runs the load that is planned for a requester. */
export function startLoad(id: PeerId): void {
  const peer = requesterOf(id);
  if (peer) runLoad(id, peer.plan, "load");
}

/** Runs a load. Gives the run's id, null where it cannot be started. */
export function runLoad(id: PeerId, plan: LoadPlan, purpose: Run["purpose"]): number | null {
  const peer = requesterOf(id);
  const link = requesterLink(id);
  if (!peer || !link || peer.load?.running) return null;
  const problem = checkLoadPlan(plan);
  if (problem !== null) {
    notify("refused", problem);
    return null;
  }
  const { name } = peer.setup;
  const seed = scheduleSeed(deriveSeed(seedStore.getState().seed, name));
  const run = announceRun({ requester: name, purpose, plan, seed, startedAt: pageNow() });
  if (plan.undrawn) suspendRendering(id);
  link.startLoad(peer.setup, plan, peer.asked + 1, run);
  return run;
}

export function stopLoad(id: PeerId): void {
  const peer = requesterOf(id);
  if (peer) stopRunsOf(peer.setup.name);
  requesterLink(id)?.stopLoad();
}

/** Gives up the calls that a requester has in flight. */
export function cancelCalls(id: PeerId): void {
  requesterLink(id)?.cancel();
}

/** Starts one again whose worker crashed. */
export function startRequester(id: PeerId): void {
  linkRequester(id);
}
