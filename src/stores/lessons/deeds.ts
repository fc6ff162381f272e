import { isGone, type PeerState } from "../../domain/events/events.ts";
import { readCounters } from "../../domain/record/counters.ts";
import { exchangeRange, summariseExchange } from "../../domain/exchanges/readExchange.ts";
import type { Deed, ResponderDeed } from "../../lessons/deeds.ts";
import type { CaseSet } from "../../lessons/cases.ts";
import type { Lesson } from "../../lessons/lesson.ts";
import { runComparison } from "../loads/comparisonActions.ts";
import { comparisonStore } from "../loads/comparisonStore.ts";
import { notify } from "../page/noticesStore.ts";
import { openTab } from "../page/panelsStore.ts";
import { peersStore, type RequesterPeer, type ResponderPeer } from "../peers/peersStore.ts";
import { recordStore } from "../record/recordStore.ts";
import {
  addRequester,
  editPlan,
  editRequester,
  send,
  startLoad,
  stopLoad,
} from "../peers/requesterActions.ts";
import {
  addResponder,
  drainResponder,
  editResponder,
  freezeResponder,
  killResponder,
  removeResponder,
  startResponder,
  thawResponder,
} from "../peers/responderActions.ts";
import { reset } from "../loads/resultsActions.ts";
import { runCases } from "./runCases.ts";
import { select } from "../page/selectionStore.ts";
import { controlServer, mayControlServer } from "../peers/serverControl.ts";

/** Between two deeds, so that each can be seen. */
const PAUSE_MS = 350;
const LONGEST_MS = 20_000;

/** Does one deed in the page and waits until it has shown its effect. */
export async function perform(deed: Deed, lesson: Lesson): Promise<void> {
  await act(deed, lesson);
  await pause(PAUSE_MS);
}

/** Runs the cases of a step, with what each of them needs to be done before and after it. */
export const runCasesOf = (lesson: Lesson, set: CaseSet): Promise<void> =>
  runCases(set, (deed) => perform(deed, lesson));

async function act(deed: Deed, lesson: Lesson): Promise<void> {
  switch (deed.do) {
    case "send": {
      const peer = await requesterFor(deed.requester, lesson);
      if (!peer) return;
      const { started } = recordStore.getState().record.calls;
      send(peer.id, deed.count);
      await until(() => recordStore.getState().record.calls.started >= started + deed.count, 2000);
      return;
    }
    case "editRequester": {
      const peer = await requesterFor(deed.requester, lesson);
      if (peer) editRequester(peer.id, deed.setup);
      return;
    }
    case "addRequester":
      if (!requesterNamed(deed.setup.name)) addRequester(deed.setup);
      return connected();
    case "editResponder": {
      const peer = await responderFor(deed.responder, lesson);
      if (!peer) return;
      select({ kind: "responder", id: peer.id });
      editResponder(peer.id, deed.setup);
      return;
    }
    case "addResponder":
      if (!responderNamed(deed.setup.name)) addResponder(deed.setup);
      return connected();
    case "startLoad": {
      const peer = await requesterFor(deed.requester, lesson);
      if (!peer) return;
      editPlan(peer.id, deed.plan);
      startLoad(peer.id);
      await until(() => requesterNamed(deed.requester)?.load?.running === true, 2000);
      return;
    }
    case "stopLoad": {
      const peer = requesterNamed(deed.requester);
      if (peer) stopLoad(peer.id);
      return;
    }
    case "server":
      if (!mayControlServer()) {
        notify("neutral", `This page did not start its nats-server: ${deed.deed} it where it was started.`);
        return;
      }
      return controlServer(deed.deed);
    case "openTab":
      openTab(deed.tab);
      return;
    case "select":
      selectNamed(deed.what);
      return;
    case "reset":
      return reset();
    case "compare":
      openTab("http");
      void runComparison(deed.rounds);
      return until(() => ["idle", "done"].includes(comparisonStore.getState().phase), LONGEST_MS);
    case "runCases": {
      const set = lesson.steps.find(({ cases }) => cases?.id === deed.set)?.cases;
      if (set) await runCasesOf(lesson, set);
      return;
    }
    case "wait":
      return pause(deed.ms);
    case "until":
      return deed.what === "connected" ? connected() : settled();
    default:
      return respond(deed.do, deed.responder, lesson);
  }
}

async function respond(deed: ResponderDeed, name: string, lesson: Lesson): Promise<void> {
  const peer = deed === "remove" ? responderNamed(name) : await responderFor(name, lesson);
  if (!peer) return;
  const { id } = peer;
  switch (deed) {
    case "kill":
      return killResponder(id);
    case "freeze":
      return freezeResponder(id);
    case "thaw":
      return thawResponder(id);
    case "drain":
      return drainResponder(id);
    case "start":
      startResponder(id);
      return connected();
    case "remove":
      return removeResponder(id);
  }
}

const requesterNamed = (name: string): RequesterPeer | undefined =>
  peersStore.getState().requesters.find(({ setup }) => setup.name === name);
const responderNamed = (name: string): ResponderPeer | undefined =>
  peersStore.getState().responders.find(({ setup }) => setup.name === name);

/** The requester of that name; one that is not there is put up as the scenario has it. */
async function requesterFor(name: string, { scenario }: Lesson): Promise<RequesterPeer | undefined> {
  const setup = scenario.requesters.find((each) => each.name === name);
  if (!requesterNamed(name) && setup) {
    addRequester(setup);
    await connected();
  }
  return requesterNamed(name);
}

async function responderFor(name: string, { scenario }: Lesson): Promise<ResponderPeer | undefined> {
  const setup = scenario.responders.find((each) => each.name === name);
  if (!responderNamed(name) && setup) {
    addResponder(setup);
    await connected();
  }
  return responderNamed(name);
}

function selectNamed(what: string): void {
  if (what === "server") return select({ kind: "server" });
  const subject = /^newest (.+)$/.exec(what)?.[1];
  if (subject !== undefined) return selectNewest(subject === "exchange" ? null : subject);
  const responder = responderNamed(what);
  const peer = responder ?? requesterNamed(what);
  if (peer) select({ kind: responder ? "responder" : "requester", id: peer.id });
}

/** Selects the newest exchange, or the newest on one subject. */
function selectNewest(subject: string | null): void {
  const { record } = recordStore.getState();
  const { first, last } = exchangeRange(record);
  for (let seq = last; seq >= first; seq--) {
    if (subject === null || summariseExchange(record, seq)?.subject === subject)
      return select({ kind: "exchange", seq });
  }
}

const settled = (): Promise<void> =>
  until(() => readCounters(recordStore.getState().record).calls.inFlight === 0, LONGEST_MS);

function connected(): Promise<void> {
  const isUp = (state: PeerState): boolean => state === "connected" || state === "frozen" || isGone(state);
  return until(() => {
    const { responders, requesters } = peersStore.getState();
    return [...responders, ...requesters].every(({ state }) => isUp(state));
  }, LONGEST_MS);
}

/** Waits for what was put up a moment ago: what is sent before that finds no connection or nobody who listens. */
export function everyoneStarted(): Promise<void> {
  return until(() => {
    const { responders, requesters } = peersStore.getState();
    return [...responders, ...requesters].every(({ state }) => state !== "starting");
  }, LONGEST_MS);
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const LOOK_EVERY_MS = 50;

async function until(holds: () => boolean, longestMs: number): Promise<void> {
  for (let waitedMs = 0; !holds() && waitedMs < longestMs; waitedMs += LOOK_EVERY_MS) {
    await pause(LOOK_EVERY_MS);
  }
}
