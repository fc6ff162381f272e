import type { RemedyAction } from "../../domain/diagnosis/failure.ts";
import { formatMs } from "../../domain/base/formats.ts";
import type { RequesterSetup, ResponderSetup } from "../../domain/setup/setup.ts";
import { offerUndo } from "../page/history.ts";
import { nameOf, requesterOf, responderOf } from "../peers/peersStore.ts";
import { editRequester, startRequester } from "../peers/requesterActions.ts";
import {
  addResponder,
  editResponder,
  removeResponder,
  startResponder,
  thawResponder,
} from "../peers/responderActions.ts";
import { select } from "../page/selectionStore.ts";
import { controlServer } from "../peers/serverControl.ts";

/** Does what a diagnosis proposes. What changes a setup can be undone. */
export function runAction(action: RemedyAction): void {
  switch (action.kind) {
    case "thaw":
      return thawResponder(action.responder);
    case "start":
      return startResponder(action.responder);
    case "handleConcurrently":
      return changeResponder(
        action.responder,
        { handling: "concurrent" },
        "now handles many requests at once",
      );
    case "stopDropping":
      return changeResponder(action.responder, { dropShare: 0 }, "no longer drops requests");
    case "stopFailing":
      return changeResponder(action.responder, { errorShare: 0 }, "no longer fails on purpose");
    case "raiseTimeout": {
      const { timeoutMs } = action;
      return changeRequester(action.requester, { timeoutMs }, `now waits for up to ${formatMs(timeoutMs)}`);
    }
    case "changeSubject":
      return changeRequester(action.requester, { subject: action.subject }, `now sends to ${action.subject}`);
    case "addResponder": {
      const id = addResponder({ subject: action.subject, queue: action.queue });
      offerUndo(`${nameOf(id)} now answers on ${action.subject}.`, () => removeResponder(id));
      return;
    }
    case "startServer":
      return void controlServer("start");
    case "startRequester":
      return startRequester(action.requester);
    case "lookAt":
      return select({ kind: "exchange", seq: action.seq });
  }
}

function changeResponder(id: number, patch: Partial<ResponderSetup>, now: string): void {
  const before = responderOf(id)?.setup;
  if (!before) return;
  editResponder(id, patch);
  const { handling, dropShare, errorShare } = before;
  offerUndo(`${before.name} ${now}.`, () => editResponder(id, { handling, dropShare, errorShare }));
}

function changeRequester(id: number, patch: Partial<RequesterSetup>, now: string): void {
  const before = requesterOf(id)?.setup;
  if (!before) return;
  editRequester(id, patch);
  const { subject, timeoutMs } = before;
  offerUndo(`${before.name} ${now}.`, () => editRequester(id, { subject, timeoutMs }));
}
