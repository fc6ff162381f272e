import type { Reason } from "../../domain/events/reasons.ts";
import type { PeerId, PeerState } from "../../domain/events/events.ts";
import { deriveSeed } from "../../domain/base/random.ts";
import type { PeerConnection } from "../../workers/messages.ts";
import { startRequesterLink, type RequesterLink } from "../../workers/links/requesterLink.ts";
import { startResponderLink, type ResponderLink } from "../../workers/links/responderLink.ts";
import { isAgreed } from "../handlers/agreedHandlers.ts";
import { pageNow } from "../page/clock.ts";
import { reportHandlerProblem } from "../handlers/handlerProblems.ts";
import { dismiss, notify } from "../page/noticesStore.ts";
import { attributionDueAt, ATTRIBUTION_WINDOW_MS } from "../../domain/record/outside.ts";
import { patchRequester, patchResponder, requesterOf, responderOf } from "./peersStore.ts";
import { receiveEvents, receiveTold, recordPeerState, recordStore } from "../record/recordStore.ts";
import { cutRun, receiveProgress } from "../record/runsStore.ts";
import { seedStore } from "./seedStore.ts";
import { noteConnection } from "../server/ownConnections.ts";
import { WorkerEnds } from "./workerEnds.ts";
import { serverStore } from "../server/serverStore.ts";
import { resumeRendering, isRenderingSuspended, renderingStore } from "../record/renderingSuspended.ts";
import { connectionName } from "../server/classStore.ts";

/**
 * The only place that holds links to workers. A peer without a link is one whose worker is gone: killed, drained,
 * crashed, or not started yet.
 */
const responders = new Map<PeerId, ResponderLink>();
const requesters = new Map<PeerId, RequesterLink>();

const ends = new WorkerEnds<PeerId>();

/** How the connections of responders stand, also while something else is shown of them. */
const connections = new Map<PeerId, PeerConnection>();

/** What a responder's connection makes of its state, whatever a person has asked of it. */
export const connectionStateOf = (id: PeerId): { state: PeerState; reason: Reason | null } =>
  stateOf(connections.get(id) ?? { kind: "connecting" });

renderingStore.subscribe(() => {
  for (const link of [...requesters.values(), ...responders.values()]) link.report(isRenderingSuspended());
});

let asking: ReturnType<typeof setTimeout> | undefined;

// A peer that did nothing more tells nothing more unless it is asked.
recordStore.subscribe(({ record }) => {
  const dueAt = attributionDueAt(record);
  if (dueAt === null || asking !== undefined) return;
  asking = setTimeout(
    () => {
      asking = undefined;
      for (const link of [...requesters.values(), ...responders.values()]) link.ask();
    },
    Math.max(ATTRIBUTION_WINDOW_MS / 4, dueAt - pageNow()),
  );
});

/** What is said of a peer that crashed, until it runs again or is no more: then it is no longer true. */
const crashNotices = new Map<PeerId, number>();

function reportCrash(id: PeerId, message: string, startAgain: () => void): void {
  crashNotices.set(id, notify("bad", message, { label: "Start it again", run: startAgain }));
}

function withdrawCrash(id: PeerId): void {
  const notice = crashNotices.get(id);
  if (notice !== undefined) dismiss(notice);
  crashNotices.delete(id);
}

export const responderLink = (id: PeerId): ResponderLink | undefined => responders.get(id);
export const requesterLink = (id: PeerId): RequesterLink | undefined => requesters.get(id);

/** Starts a worker for a responder that has none. */
export function linkResponder(id: PeerId): void {
  const peer = responderOf(id);
  if (!peer || responders.has(id)) return;
  const { handler } = peer.setup;
  if (handler.kind === "code" && !isAgreed(handler.source)) return holdResponder(id);
  withdrawCrash(id);
  patchResponder(id, { state: "starting", reason: null, since: pageNow() });
  const inTurn = ends.gate(id);
  const link = startResponderLink({
    peer: id,
    name: connectionName(peer.setup.name),
    server: serverStore.getState().address,
    seed: deriveSeed(seedStore.getState().seed, peer.setup.name),
    setup: peer.setup,
    onHandler: (problem) => reportHandlerProblem(id, problem),
    onEvents: (batch, offsetMs) => inTurn(() => receiveEvents(id, batch, offsetMs)),
    onTold: (upTo) => inTurn(() => receiveTold(id, upTo)),
    onConnection: (connection) => {
      noteConnection(id, connection);
      connections.set(id, connection);
      const now = responderOf(id)?.state;
      // What a person asked of a responder outlasts what its connection does.
      if (now === "frozen" || now === "draining") return;
      patchResponder(id, stateOf(connection));
    },
    onClosed: () => {
      if (responders.get(id) !== link) return;
      responders.delete(id);
      if (responderOf(id)?.state === "draining") endResponder(id, "drained", { kind: "finished" });
    },
    onProblem: (message) => {
      if (responders.get(id) !== link) return;
      responders.delete(id);
      endResponder(id, "crashed", { kind: "crashed", message });
      reportCrash(id, message, () => linkResponder(id));
    },
  });
  responders.set(id, link);
  if (isRenderingSuspended()) link.report(true);
}

/** Does not let a responder run, because nobody has agreed to its handler's code. */
export function holdResponder(id: PeerId): void {
  killResponderLink(id, "unreviewed", { kind: "unreviewed" });
}

/** Ends a responder's worker, as a crash would. Nothing it held is answered; what it did before is in the record. */
export function killResponderLink(
  id: PeerId,
  state: "killed" | "removed" | "unreviewed",
  reason: Reason | null,
  atOnce = false,
): void {
  const link = responders.get(id);
  responders.delete(id);
  withdrawCrash(id);
  patchResponder(id, { state, reason });
  if (link) ends.end(id, link.kill(atOnce), () => recordPeerState(id, state, reason));
}

function endResponder(id: PeerId, state: PeerState, reason: Reason): void {
  patchResponder(id, { state, reason });
  recordPeerState(id, state, reason);
}

/** Starts a worker for a requester that has none. */
export function linkRequester(id: PeerId): void {
  const peer = requesterOf(id);
  if (!peer || requesters.has(id)) return;
  withdrawCrash(id);
  patchRequester(id, { state: "starting", reason: null, load: null });
  const inTurn = ends.gate(id);
  const link = startRequesterLink({
    peer: id,
    name: connectionName(peer.setup.name),
    server: serverStore.getState().address,
    seed: deriveSeed(seedStore.getState().seed, peer.setup.name),
    onEvents: (batch, offsetMs) => inTurn(() => receiveEvents(id, batch, offsetMs)),
    onTold: (upTo) => inTurn(() => receiveTold(id, upTo)),
    onConnection: (connection) => {
      noteConnection(id, connection);
      patchRequester(id, stateOf(connection));
    },
    onLoad: (load, samples) => {
      const before = requesterOf(id)?.load;
      const asked = (requesterOf(id)?.asked ?? 0) + load.started - (before?.running ? before.started : 0);
      patchRequester(id, { load, asked });
      receiveProgress(load.run, load, samples);
      if (!load.running) resumeRendering(id);
    },
    onClosed: () => {},
    onProblem: (message) => {
      if (requesters.get(id) !== link) return;
      killRequesterLink(id, "crashed", { kind: "crashed", message });
      reportCrash(id, message, () => linkRequester(id));
    },
  });
  requesters.set(id, link);
  if (isRenderingSuspended()) link.report(true);
}

/** Ends a requester's worker. Its calls in flight are settled in the record. */
export function killRequesterLink(
  id: PeerId,
  state: "crashed" | "removed",
  reason: Reason | null,
  atOnce = false,
): void {
  const link = requesters.get(id);
  requesters.delete(id);
  withdrawCrash(id);
  const run = requesterOf(id)?.load?.run;
  if (run !== undefined) cutRun(run);
  resumeRendering(id);
  patchRequester(id, { state, reason, load: null });
  if (link) ends.end(id, link.kill(atOnce), () => recordPeerState(id, state, reason));
}

function stateOf(connection: PeerConnection): { state: PeerState; reason: Reason | null } {
  switch (connection.kind) {
    case "connecting":
      return { state: "starting", reason: null };
    case "connected":
      return { state: "connected", reason: null };
    case "reconnecting":
      return { state: "reconnecting", reason: connection.reason };
    case "notSubscribed":
      return { state: "notSubscribed", reason: connection.reason };
    case "failed":
      return { state: "disconnected", reason: connection.reason };
    case "closed":
      return { state: "disconnected", reason: null };
  }
}
