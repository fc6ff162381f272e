import { isGone, type PeerState } from "../../domain/events/events.ts";
import { readCounters } from "../../domain/record/counters.ts";
import { exchangeRange, summariseExchange } from "../../domain/exchanges/readExchange.ts";
import type { LessonAction, ResponderAction } from "../../lessons/actions.ts";
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

/** Between two actions, so that each can be seen. */
const PAUSE_MS = 350;
const LONGEST_MS = 20_000;

/** Does one action in the page and waits until it has shown its effect. */
export async function runAction(action: LessonAction, lesson: Lesson): Promise<void> {
  await act(action, lesson);
  await pause(PAUSE_MS);
}

/** Runs the cases of a step, with what each of them needs to be done before and after it. */
export const runCasesOf = (lesson: Lesson, set: CaseSet): Promise<void> =>
  runCases(set, (action) => runAction(action, lesson));

async function act(action: LessonAction, lesson: Lesson): Promise<void> {
  switch (action.do) {
    case "send": {
      const peer = await requesterFor(action.requester, lesson);
      if (!peer) return;
      const { started } = recordStore.getState().record.calls;
      send(peer.id, action.count);
      await until(() => recordStore.getState().record.calls.started >= started + action.count, 2000);
      return;
    }
    case "editRequester": {
      const peer = await requesterFor(action.requester, lesson);
      if (peer) editRequester(peer.id, action.setup);
      return;
    }
    case "addRequester":
      if (!requesterNamed(action.setup.name)) addRequester(action.setup);
      return connected();
    case "editResponder": {
      const peer = await responderFor(action.responder, lesson);
      if (!peer) return;
      select({ kind: "responder", id: peer.id });
      editResponder(peer.id, action.setup);
      return;
    }
    case "addResponder":
      if (!responderNamed(action.setup.name)) addResponder(action.setup);
      return connected();
    case "startLoad": {
      const peer = await requesterFor(action.requester, lesson);
      if (!peer) return;
      editPlan(peer.id, action.plan);
      startLoad(peer.id);
      await until(() => requesterNamed(action.requester)?.load?.running === true, 2000);
      return;
    }
    case "stopLoad": {
      const peer = requesterNamed(action.requester);
      if (peer) stopLoad(peer.id);
      return;
    }
    case "server":
      if (!mayControlServer()) {
        notify(
          "neutral",
          `This page did not start its nats-server: ${action.action} it where it was started.`,
        );
        return;
      }
      return controlServer(action.action);
    case "openTab":
      openTab(action.tab);
      return;
    case "select":
      selectNamed(action.what);
      return;
    case "reset":
      return reset();
    case "compare":
      openTab("http");
      void runComparison(action.rounds);
      return until(() => ["idle", "done"].includes(comparisonStore.getState().phase), LONGEST_MS);
    case "runCases": {
      const set = lesson.steps.find(({ cases }) => cases?.id === action.set)?.cases;
      if (set) await runCasesOf(lesson, set);
      return;
    }
    case "wait":
      return pause(action.ms);
    case "until":
      return action.what === "connected" ? connected() : settled();
    default:
      return respond(action.do, action.responder, lesson);
  }
}

async function respond(action: ResponderAction, name: string, lesson: Lesson): Promise<void> {
  const peer = action === "remove" ? responderNamed(name) : await responderFor(name, lesson);
  if (!peer) return;
  const { id } = peer;
  switch (action) {
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
