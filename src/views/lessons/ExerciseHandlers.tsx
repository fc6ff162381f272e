import { Code, Eye, EyeOff } from "lucide-react";
import { useState } from "react";
import { useStore } from "zustand";
import { solutionOf, type ExerciseHandler } from "../../lessons/exercise.ts";
import { openHandler } from "../../stores/peers/handlerActions.ts";
import { offerUndo } from "../../stores/page/history.ts";
import { peersStore } from "../../stores/peers/peersStore.ts";
import { editResponder } from "../../stores/peers/responderActions.ts";
import { select } from "../../stores/page/selectionStore.ts";
import { Button } from "../controls/Button.tsx";

/** What a learner writes: each handler opens in the editor, and its solution can be looked at and taken. */
export function ExerciseHandlers({ handlers }: { readonly handlers: readonly ExerciseHandler[] }) {
  return (
    <div className="exercise">
      {handlers.map((handler) => (
        <Handler key={handler.responder} handler={handler} alone={handlers.length === 1} />
      ))}
    </div>
  );
}

interface Props {
  readonly handler: ExerciseHandler;
  readonly alone: boolean;
}

function Handler({ handler, alone }: Props) {
  const { responder, solution } = handler;
  const peer = useStore(peersStore, ({ responders }) =>
    responders.find(({ setup }) => setup.name === responder),
  );
  const [revealed, setRevealed] = useState(false);
  const whose = alone ? "" : ` of ${responder}`;
  const open = (): void => {
    if (!peer) return;
    // The tab follows what is selected.
    select({ kind: "responder", id: peer.id });
    openHandler(peer.id);
  };
  const take = (): void => {
    if (!peer) return;
    const { handler: before } = peer.setup;
    editResponder(peer.id, { handler: solutionOf(handler) });
    offerUndo(`${responder} runs the solution.`, () => editResponder(peer.id, { handler: before }));
  };
  return (
    <div>
      <div className="exercise-tools">
        <Button disabled={!peer} onClick={open}>
          <Code size={13} /> Write the handler{whose}
        </Button>
        <Button look="quiet" aria-expanded={revealed} onClick={() => setRevealed(!revealed)}>
          {revealed ? <EyeOff size={13} /> : <Eye size={13} />}
          {revealed ? `Hide the solution${whose}` : `Reveal the solution${whose}`}
        </Button>
      </div>
      {!peer && <p className="lesson-small">There is no {responder}: load the scenario.</p>}
      {revealed && (
        <div className="exercise-solution">
          {/* Focusable, so that the keyboard can scroll it. */}
          <pre tabIndex={0} aria-label={`Solution of ${responder}`}>
            {solution}
          </pre>
          <Button disabled={!peer} onClick={take}>
            Use it in {responder}
          </Button>
        </div>
      )}
    </div>
  );
}
