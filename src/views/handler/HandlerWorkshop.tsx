import type { Diagnostic } from "@codemirror/lint";
import { useCallback, useId, useRef, useState, type ReactNode } from "react";
import { useStore } from "zustand";
import { isGone } from "../../domain/events/events.ts";
import type { HandlerProblem } from "../../domain/setup/handlerSource.ts";
import { HANDLERS } from "../../handlers/catalogue.ts";
import {
  agreeToHandler,
  applyHandler,
  colleaguesOf,
  resetHandler,
} from "../../stores/peers/handlerActions.ts";
import { handlerProblems } from "../../stores/handlers/handlerProblems.ts";
import type { ResponderPeer } from "../../stores/peers/peersStore.ts";
import { editResponder } from "../../stores/peers/responderActions.ts";
import { Button } from "../controls/Button.tsx";
import { HandlerSelect } from "../responders/HandlerSelect.tsx";
import { builtinWith, builtinSource } from "../code/handlerSources.ts";
import { checkSource } from "./checkSource.ts";
import { HandlerEditor, type EditorHandle } from "./HandlerEditor.tsx";
import { HandlerLog } from "./HandlerLog.tsx";
import { placeOf } from "./placeOf.ts";
import { SaveAs } from "./SaveAs.tsx";
import { Review } from "./Review.tsx";
import { SavedMenu } from "./SavedMenu.tsx";
import { useHandlerDraft } from "./useHandlerDraft.ts";

interface Props {
  readonly peer: ResponderPeer;
  /** Chooses the responder. */
  readonly choice: ReactNode;
}

/** The source of one responder's handler, what can be done with it, and what it says while it runs. */
export function HandlerWorkshop({ peer, choice }: Props) {
  const { id, setup, state } = peer;
  const { handler } = setup;
  const { applied, source, edited, write } = useHandlerDraft(peer);
  const problem = useStore(handlerProblems, ({ byPeer }) => byPeer.get(id) ?? null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [toAll, setToAll] = useState(false);
  const editor = useRef<EditorHandle>(null);
  const said = useId();

  const colleagues = colleaguesOf(id);
  const basedOn = handler.kind === "builtin" ? handler.id : handler.basedOn;
  const title = handler.kind === "code" ? handler.title : titleOf(handler.id);
  const gone = isGone(state) && state !== "unreviewed";
  const shownProblem = edited ? null : problem;

  const diagnose = useCallback((text: string) => diagnosticsOf(text, shownProblem), [shownProblem]);

  const apply = (everywhere = toAll): void => {
    const wrong = checkSource(source);
    if (wrong) {
      setRefusal(`Line ${wrong.line}: ${wrong.message}. Nothing was applied.`.replace("..", "."));
      editor.current?.goTo(wrong.from);
      return;
    }
    setRefusal(null);
    const ids = everywhere ? colleagues.map((each) => each.id) : [id];
    const builtin = builtinWith(source);
    write(applied); // What was written is what answers now: no draft is left.
    applyHandler(
      ids,
      builtin === undefined
        ? { kind: "code", title, source, ...(basedOn !== undefined && { basedOn }) }
        : { kind: "builtin", id: builtin },
    );
  };
  const reset = (): void => {
    setRefusal(null);
    const back = basedOn !== undefined && builtinSource(basedOn) !== undefined;
    resetHandler(id, back ? { kind: "builtin", id: basedOn } : handler, applied, edited ? source : null);
  };
  const resettable = edited || (handler.kind === "code" && basedOn !== undefined);

  return (
    <div className="handler">
      <div className="handler-bar">
        {choice}
        <span className="handler-choice">
          <HandlerSelect
            handler={handler}
            label="Handler"
            onChange={(next) => editResponder(id, { handler: next })}
          />
        </span>
        <span className="handler-actions">
          {colleagues.length > 1 && (
            <label className="handler-all">
              <input type="checkbox" checked={toAll} onChange={(event) => setToAll(event.target.checked)} />
              all {colleagues.length} on <span className="mono">{setup.subject}</span>
              {setup.queue !== null && (
                <>
                  {" "}
                  in <span className="mono">{setup.queue}</span>
                </>
              )}
            </label>
          )}
          <Button
            look="primary"
            onClick={() => apply()}
            disabled={!edited && !gone && !toAll}
            title="Ctrl+Enter"
          >
            {gone ? "Apply and start" : "Apply"}
          </Button>
          <Button onClick={reset} disabled={!resettable} aria-label="Reset handler">
            Reset
          </Button>
          <SaveAs title={title} source={source} applied={!edited} peer={peer} />
          <SavedMenu />
        </span>
      </div>
      {state === "unreviewed" && (
        <Review
          name={setup.name}
          source={source}
          edited={edited}
          onAgree={() => (edited ? apply(false) : agreeToHandler(id, source))}
        />
      )}
      <div className="handler-panes">
        <div className="handler-writing">
          <HandlerEditor
            source={source}
            describedBy={said}
            onChange={(text) => {
              setRefusal(null);
              write(text);
            }}
            onApply={() => apply()}
            diagnose={diagnose}
            handle={editor}
          />
          <div className="handler-foot">
            <div className="handler-said" id={said}>
              {refusal !== null ? (
                <p className="field-problem" role="alert">
                  {refusal}
                </p>
              ) : (
                <Problem
                  problem={shownProblem}
                  source={source}
                  onGo={(offset) => editor.current?.goTo(offset)}
                />
              )}
            </div>
            <span className="handler-state" role="status" data-edited={edited}>
              {edited ? "edited, not applied" : state === "unreviewed" ? "not running" : "applied"}
            </span>
          </div>
        </div>
        <HandlerLog peer={id} name={setup.name} />
      </div>
    </div>
  );
}

const titleOf = (id: string): string => HANDLERS.find((each) => each.id === id)?.title ?? id;

interface ProblemProps {
  readonly problem: HandlerProblem | null;
  readonly source: string;
  readonly onGo: (offset: number) => void;
}

function Problem({ problem, source, onGo }: ProblemProps) {
  if (problem === null) {
    return <p className="field-hint">Ctrl+Enter applies. Escape and then Tab leaves the editor.</p>;
  }
  const { line, message } = problem;
  return (
    <p className="field-problem" role="alert">
      {line !== null && (
        <>
          <button
            type="button"
            className="handler-line"
            onClick={() => onGo(placeOf(source, line, problem.column).from)}
          >
            Line {line}
          </button>
          {": "}
        </>
      )}
      {message}
    </p>
  );
}

/** What to mark: what keeps it from being loaded; else, where it failed when it ran. */
function diagnosticsOf(text: string, problem: HandlerProblem | null): Diagnostic[] {
  const wrong = checkSource(text);
  if (wrong) return [{ from: wrong.from, to: wrong.to, severity: "error", message: wrong.message }];
  if (problem === null || problem.line === null) return [];
  const { from, to } = placeOf(text, problem.line, problem.column);
  return [{ from, to, severity: "error", message: problem.message, source: "when it ran" }];
}
