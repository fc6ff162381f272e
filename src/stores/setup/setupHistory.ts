import { setupChange, type SetupSnapshot } from "../../domain/setup/setupChange.ts";
import { extendStep, historyStore, recordStep, type HistoryStep } from "../page/history.ts";
import { peersStore, requesterOf, responderOf } from "../peers/peersStore.ts";
import { putRequester, removeRequester } from "../peers/requesterActions.ts";
import { putResponder, removeResponder } from "../peers/responderActions.ts";
import { seedStore } from "../peers/seedStore.ts";
import { scenarioStore } from "./scenarioStore.ts";

/** Edits of the same field that follow each other within this time are one step. In ms. */
const SAME_EDIT_MS = 1200;

/** Takes every change of the setup down, whoever makes it, so that it can be undone. Returns what stops that. */
export function followSetup(): () => void {
  let last = snapshot();
  let gathering = false;
  let newest: { readonly step: HistoryStep | undefined; readonly edits: string | null; readonly at: number } =
    {
      step: undefined,
      edits: null,
      at: 0,
    };
  const turnTo = (to: SetupSnapshot): void => {
    apply(to);
    // What was just put up is no change that a person made.
    last = snapshot();
  };
  const gather = (): void => {
    gathering = false;
    const before = last;
    const after = snapshot();
    const change = setupChange(before, after);
    if (!change) return;
    last = after;
    const at = performance.now();
    const goesOn =
      change.edits !== null &&
      change.edits === newest.edits &&
      at - newest.at < SAME_EDIT_MS &&
      newest.step === historyStore.getState().past.at(-1);
    const take = goesOn ? extendStep : recordStep;
    take({ words: change.words, undo: () => turnTo(before), redo: () => turnTo(after) });
    newest = { step: historyStore.getState().past.at(-1), edits: change.edits, at };
  };
  // An action changes the stores several times: what is there when it is done is the step.
  const later = (): void => {
    if (gathering) return;
    gathering = true;
    queueMicrotask(gather);
  };
  const stops = [peersStore.subscribe(later), seedStore.subscribe(later), scenarioStore.subscribe(later)];
  return () => {
    for (const stop of stops) stop();
  };
}

function snapshot(): SetupSnapshot {
  const { responders, requesters } = peersStore.getState();
  return {
    seed: seedStore.getState().seed,
    words: scenarioStore.getState().words,
    responders: responders.map(({ id, setup }) => ({ id, setup })),
    requesters: requesters.map(({ id, setup }) => ({ id, setup })),
  };
}

/** Puts a setup up with as little change as can be: peers that are the same in both go on with what they do. */
function apply(to: SetupSnapshot): void {
  const { responders, requesters } = peersStore.getState();
  const stay = new Set([...to.responders, ...to.requesters].map(({ id }) => id));
  for (const { id } of responders) if (!stay.has(id)) removeResponder(id, "silently");
  for (const { id } of requesters) if (!stay.has(id)) removeRequester(id, "silently");
  seedStore.setState({ seed: to.seed });
  scenarioStore.setState({ words: to.words });
  for (const [index, { id, setup }] of to.responders.entries()) {
    if (responderOf(id)?.setup !== setup) putResponder(index, id, setup);
  }
  for (const [index, { id, setup }] of to.requesters.entries()) {
    if (requesterOf(id)?.setup !== setup) putRequester(index, id, setup);
  }
}
