import { notJsonWords } from "../../domain/messages/jsonProblem.ts";
import type { Scenario } from "../../domain/setup/scenario.ts";
import type { Setup } from "../../domain/setup/setup.ts";
import { parseScenario, scenarioDocument } from "../../domain/setup/scenarioSchema.ts";
import { browserStorage } from "../page/browserStorage.ts";
import { peersStore } from "../peers/peersStore.ts";
import { scenarioStore } from "./scenarioStore.ts";
import { seedStore } from "../peers/seedStore.ts";

const KEY = "roundtrip.setup";

export function currentSetup(): Setup {
  const { responders, requesters } = peersStore.getState();
  return {
    seed: seedStore.getState().seed,
    responders: responders.map((peer) => peer.setup),
    requesters: requesters.map((peer) => peer.setup),
  };
}

/** What the last visit left: the setup, and what was said about it; null for none, or for one that cannot be understood, which is left where it is. */
export function keptSetup(): { scenario: Scenario | null; problems: readonly string[] } {
  const text = browserStorage().getItem(KEY);
  if (text === null) return { scenario: null, problems: [] };
  try {
    const parsed = parseScenario(JSON.parse(text));
    return parsed.ok
      ? { scenario: parsed.scenario, problems: [] }
      : { scenario: null, problems: parsed.problems };
  } catch {
    return { scenario: null, problems: [notJsonWords(text)] };
  }
}

/** Keeps the setup as it changes. Returns what stops that. */
export function keepSetup(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let setups = setupParts();
  const save = (): void => {
    timer = undefined;
    const scenario = { ...scenarioStore.getState().words, setup: currentSetup() };
    browserStorage().setItem(KEY, JSON.stringify(scenarioDocument(scenario)));
  };
  const later = (): void => {
    const now = setupParts();
    if (now.length === setups.length && now.every((part, index) => part === setups[index])) return;
    setups = now;
    timer ??= setTimeout(save, 200);
  };
  const flush = (): void => {
    if (timer === undefined) return;
    clearTimeout(timer);
    save();
  };
  const stops = [peersStore.subscribe(later), seedStore.subscribe(later), scenarioStore.subscribe(later)];
  window.addEventListener("pagehide", flush);
  return () => {
    flush();
    for (const stop of stops) stop();
    window.removeEventListener("pagehide", flush);
  };
}

/** What a setup consists of, by identity: states and progress change far more often than setups do. */
function setupParts(): readonly unknown[] {
  const { responders, requesters } = peersStore.getState();
  return [
    seedStore.getState().seed,
    scenarioStore.getState().words,
    ...responders.map((peer) => peer.setup),
    null,
    ...requesters.map((peer) => peer.setup),
  ];
}
