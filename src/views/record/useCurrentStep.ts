import { useSyncExternalStore } from "react";
import { currentStep } from "../../domain/replay/steps.ts";
import { steppedExchange } from "../../stores/record/playbackActions.ts";
import { shownPast, shownStore } from "../../stores/record/shownRecord.ts";

/** The number of the step that the page stands at, in the past; null while live. */
export const useCurrentStep = (): number | null => useSyncExternalStore(shownStore.subscribe, current);

let known: { version: number; exchange: number | null; step: number | null } | null = null;

function current(): number | null {
  const past = shownPast();
  if (past === null) return null;
  const { version } = shownStore.getState();
  const exchange = steppedExchange();
  if (known?.version !== version || known.exchange !== exchange) {
    known = { version, exchange, step: currentStep(past, exchange) ?? null };
  }
  return known.step;
}
