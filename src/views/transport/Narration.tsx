import { useStore } from "zustand";
import { formatCount } from "../../domain/base/formats.ts";
import { describeStep } from "../../domain/narration/narration.ts";
import { readExchange } from "../../domain/exchanges/readExchange.ts";
import { nextStep, stepCount } from "../../domain/replay/steps.ts";
import { participants } from "../../stores/peers/participants.ts";
import { steppedExchange } from "../../stores/record/playbackActions.ts";
import { playbackStore } from "../../stores/record/playbackStore.ts";
import { shownPast, shownRecord } from "../../stores/record/shownRecord.ts";
import { useCurrentStep } from "../record/useCurrentStep.ts";
import { useShownEvery } from "../record/useRecord.ts";
import type { RecordView } from "../../domain/record/trafficRecord.ts";

/** Where the page stands, in one sentence: what happened last. Said aloud when a person stops or steps, not while it plays. */
export function Narration() {
  useShownEvery(100);
  const step = useCurrentStep();
  const paused = useStore(playbackStore, ({ mode }) => mode === "paused");
  const past = shownPast();
  if (!past) return null;
  const exchange = steppedExchange();
  const count = exchange === null ? null : stepCount(past, exchange);
  const description = step === null ? null : describeStep(shownRecord(), step, participants);
  const atEnd = nextStep(past, exchange) === undefined;
  return (
    <p
      className="transport-narration"
      role="note"
      aria-label="Narration"
      aria-live={paused ? "polite" : "off"}
      data-tone={description?.tone}
    >
      {count && (
        <span className="transport-count">
          {formatCount(count.done)} of {formatCount(count.all)}
        </span>
      )}
      {description?.words ?? beforeWords(past, exchange)}
      {atEnd && paused && (
        <span className="transport-end">
          {exchange === null ? " Nothing later is recorded yet." : " That is the end of this exchange."}
        </span>
      )}
    </p>
  );
}

/** Where no step that is held had happened yet. */
function beforeWords({ whole }: RecordView, exchange: number | null): string {
  if (exchange !== null && readExchange(whole, exchange)?.gone.some) {
    return "The earlier events of this exchange were discarded to make room for newer traffic.";
  }
  if (exchange !== null) return "Before this exchange began.";
  return whole.events.evictedUpTo === -Infinity
    ? "Before anything that is recorded."
    : "The record begins here: older events were discarded.";
}
