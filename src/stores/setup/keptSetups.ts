import { createJSONStorage, persist } from "zustand/middleware";
import { createStore } from "zustand/vanilla";
import type { Scenario } from "../../domain/setup/scenario.ts";
import {
  checkTitle,
  parseScenario,
  scenarioDocument,
  type ScenarioDocument,
} from "../../domain/setup/scenarioSchema.ts";
import { DEFAULT_SETUP } from "../../domain/setup/defaultSetup.ts";
import { browserStorage, isKept } from "../page/browserStorage.ts";
import { notify } from "../page/noticesStore.ts";
import { sourceHash } from "../handlers/sourceHash.ts";
import { sameSetup } from "../../domain/setup/setup.ts";

/** A setup that is kept in this browser. */
export interface KeptSetup {
  /** Unique among them. */
  readonly id: string;
  /** Given by the person; null for one that is kept by itself when another takes its place. */
  readonly name: string | null;
  /** When it was kept, epoch ms. */
  readonly at: number;
  readonly document: ScenarioDocument;
}

/** How many are kept by themselves; the oldest are dropped. */
const MOST_RECENT = 8;
const MOST_NAMED = 100;

/** Newest first. */
export const keptSetupsStore = createStore<{ readonly setups: readonly KeptSetup[] }>()(
  persist(() => ({ setups: [] as readonly KeptSetup[] }), {
    name: "roundtrip.setups",
    version: 1,
    storage: createJSONStorage(browserStorage),
    merge: (kept) => ({ setups: sound(kept) }),
  }),
);

/** Keeps a setup under a name; one that has the name already is replaced, which can be undone. Returns what is wrong, or null. */
export function keepAs(name: string, scenario: Scenario): string | null {
  const trimmed = name.trim();
  const problem = checkTitle(trimmed);
  if (problem !== null) return problem;
  const { setups } = keptSetupsStore.getState();
  const others = setups.filter((each) => each.name !== trimmed);
  if (others.filter((each) => each.name !== null).length >= MOST_NAMED)
    return `There are ${MOST_NAMED} named setups already: delete one first.`;
  if (!put([entry(trimmed, { ...scenario, title: trimmed }), ...others]))
    return "This browser’s storage is full: save the setup as a file, or delete one.";
  notify(
    "neutral",
    `The setup is saved as “${trimmed}”${others.length < setups.length ? ", replacing the earlier one" : ""}.`,
    { label: "Undo", run: () => put(setups) },
  );
  return null;
}

/** Keeps what another setup takes the place of, so that nothing is lost. The first screen is always at hand. */
export function keepRecent(scenario: Scenario): void {
  if (sameSetup(scenario.setup, DEFAULT_SETUP)) return;
  const { setups } = keptSetupsStore.getState();
  const recent = entry(null, scenario);
  const same = ({ name, document }: KeptSetup): boolean =>
    name === null && sameSetup(document.setup, scenario.setup);
  let left = MOST_RECENT - 1;
  const others = setups.filter((each) => !same(each) && (each.name !== null || left-- > 0));
  // Where storage is full the oldest are dropped, and at last it is kept until the page is closed only.
  if (!put([recent, ...others])) put([recent, ...others.filter((each) => each.name !== null)]);
}

/** Returns what is wrong with the name, or null. */
export function renameSetup(id: string, name: string): string | null {
  const trimmed = name.trim();
  const problem = checkTitle(trimmed);
  if (problem !== null) return problem;
  const { setups } = keptSetupsStore.getState();
  if (setups.some((each) => each.id !== id && each.name === trimmed))
    return `There is another setup named “${trimmed}”.`;
  put(
    setups.map((each) =>
      each.id === id ? { ...each, name: trimmed, document: { ...each.document, title: trimmed } } : each,
    ),
  );
  return null;
}

export function deleteSetup(id: string): void {
  const { setups } = keptSetupsStore.getState();
  const gone = setups.find((each) => each.id === id);
  if (!gone) return;
  put(setups.filter((each) => each.id !== id));
  notify("neutral", gone.name === null ? "The recent setup is deleted." : `“${gone.name}” is deleted.`, {
    label: "Undo",
    run: () => put(setups),
  });
}

function entry(name: string | null, scenario: Scenario): KeptSetup {
  const document = scenarioDocument(scenario);
  const at = Date.now();
  return { id: sourceHash(`${at} ${name ?? ""} ${JSON.stringify(document)}`), name, at, document };
}

/** Returns whether storage took it. What it did not take is there until the page is closed. */
function put(setups: readonly KeptSetup[]): boolean {
  keptSetupsStore.setState({ setups });
  return isKept("roundtrip.setups");
}

/** Storage can hold anything: only what is understood is taken. */
function sound(kept: unknown): readonly KeptSetup[] {
  if (typeof kept !== "object" || kept === null || !("setups" in kept) || !Array.isArray(kept.setups))
    return [];
  return kept.setups.flatMap((each: unknown): KeptSetup[] => {
    if (typeof each !== "object" || each === null || !("document" in each)) return [];
    const parsed = parseScenario(each.document);
    const name = "name" in each && typeof each.name === "string" ? each.name : null;
    if (!parsed.ok || !("id" in each) || typeof each.id !== "string") return [];
    const at = "at" in each && typeof each.at === "number" ? each.at : 0;
    return [{ id: each.id, name, at, document: scenarioDocument(parsed.scenario) }];
  });
}
