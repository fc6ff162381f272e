import { useStore } from "zustand";
import { formatCount } from "../../domain/formats.ts";
import { hopOf } from "../../domain/narration.ts";
import { recordAt } from "../../domain/past.ts";
import { nextStep, stepCount } from "../../domain/steps.ts";
import { cast } from "../../stores/cast.ts";
import { steppedExchange } from "../../stores/playbackActions.ts";
import { playbackStore } from "../../stores/playbackStore.ts";
import { shownPast } from "../../stores/shownRecord.ts";
import { useCurrentStep } from "../controls/useCurrentStep.ts";
import { useShownEvery } from "../controls/useShownEvery.ts";

/** Where the page stands, in one sentence: what happened last. Said aloud when a person stops or steps, not while it plays. */
export function Narration() {
  useShownEvery(100);
  const step = useCurrentStep();
  const paused = useStore(playbackStore, ({ mode }) => mode === "paused");
  const past = shownPast();
  if (!past) return null;
  const exchange = steppedExchange();
  const count = exchange === null ? null : stepCount(past, exchange);
  const told =
    step === null ? null : hopOf(recordAt(past.whole, past.index, past.index.whenOf(step), 0), step, cast);
  const atEnd = nextStep(past, exchange) === undefined;
  return (
    <p className="transport-narration" aria-live={paused ? "polite" : "off"} data-tone={told?.tone}>
      {count && (
        <span className="transport-count">
          {formatCount(count.done)} of {formatCount(count.all)}
        </span>
      )}
      {told?.words ??
        (exchange === null ? "Before anything that is recorded." : "Before this exchange began.")}
      {atEnd && paused && (
        <span className="transport-end">
          {exchange === null ? " Nothing later is recorded yet." : " That is the end of this exchange."}
        </span>
      )}
    </p>
  );
}
