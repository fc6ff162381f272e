import type { Deed } from "../../domain/diagnosis/failure.ts";
import { formatMs } from "../../domain/base/formats.ts";
import type { RequesterSetup, ResponderSetup } from "../../domain/setup/setup.ts";
import { notify } from "../page/noticesStore.ts";
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
export function perform(deed: Deed): void {
  switch (deed.kind) {
    case "thaw":
      return thawResponder(deed.responder);
    case "start":
      return startResponder(deed.responder);
    case "handleConcurrently":
      return changeResponder(deed.responder, { handling: "concurrent" }, "now handles many requests at once");
    case "stopDropping":
      return changeResponder(deed.responder, { dropShare: 0 }, "no longer drops requests");
    case "stopFailing":
      return changeResponder(deed.responder, { errorShare: 0 }, "no longer fails on purpose");
    case "raiseTimeout": {
      const { timeoutMs } = deed;
      return changeRequester(deed.requester, { timeoutMs }, `now waits for up to ${formatMs(timeoutMs)}`);
    }
    case "changeSubject":
      return changeRequester(deed.requester, { subject: deed.subject }, `now sends to ${deed.subject}`);
    case "addResponder": {
      const id = addResponder({ subject: deed.subject, queue: deed.queue });
      notify("neutral", `${nameOf(id)} now answers on ${deed.subject}.`, {
        label: "Undo",
        run: () => removeResponder(id),
      });
      return;
    }
    case "startServer":
      return void controlServer("start");
    case "startRequester":
      return startRequester(deed.requester);
    case "lookAt":
      return select({ kind: "exchange", seq: deed.seq });
  }
}

function changeResponder(id: number, patch: Partial<ResponderSetup>, now: string): void {
  const before = responderOf(id)?.setup;
  if (!before) return;
  editResponder(id, patch);
  const { handling, dropShare, errorShare } = before;
  undoable(`${before.name} ${now}.`, () => editResponder(id, { handling, dropShare, errorShare }));
}

function changeRequester(id: number, patch: Partial<RequesterSetup>, now: string): void {
  const before = requesterOf(id)?.setup;
  if (!before) return;
  editRequester(id, patch);
  const { subject, timeoutMs } = before;
  undoable(`${before.name} ${now}.`, () => editRequester(id, { subject, timeoutMs }));
}

const undoable = (words: string, run: () => void): number => notify("neutral", words, { label: "Undo", run });
