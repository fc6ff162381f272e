import { diagnose } from "../../../domain/diagnosis/diagnosis.ts";
import type { Failure, Remedy } from "../../../domain/diagnosis/failure.ts";
import type { Outcome } from "../../../domain/events/outcomes.ts";
import { runAction } from "../../../stores/app/remedyActions.ts";
import { Button } from "../../controls/Button.tsx";
import { useShownEvery } from "../../record/useRecord.ts";
import { useScene } from "./useScene.ts";
import "./whyFailed.css";

/** The server's list of subscriptions says something about these. */
const ASKS_SERVER: readonly Outcome[] = ["noResponders", "timedOut"];

/** Why a call failed, and what can be done about it. Nothing for one that did not fail. */
export function WhyFailed({ failure }: { readonly failure: Failure }) {
  useShownEvery(1000);
  const scene = useScene(ASKS_SERVER.includes(failure.outcome));
  const diagnosis = diagnose(failure, scene);
  if (diagnosis === null) return null;
  const { title, causes, remedies } = diagnosis;
  return (
    <section className="why" aria-label="Why did that fail?">
      <h3 className="why-question">Why did that fail?</h3>
      <p className="why-title">{title}.</p>
      {causes.map((cause) => (
        <p key={cause} className="why-words">
          {cause}
        </p>
      ))}
      {remedies.length > 0 && (
        <>
          <h4 className="why-heading">What to do</h4>
          <ul className="why-remedies">
            {remedies.map((remedy) => (
              <RemedyLine key={remedy.words} remedy={remedy} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function RemedyLine({ remedy: { words, action } }: { readonly remedy: Remedy }) {
  return (
    <li data-action={action !== null}>
      {action === null ? words : <Button onClick={() => runAction(action)}>{words}</Button>}
    </li>
  );
}
