import { createStore } from "zustand/vanilla";
import { keepRun, MOST_KEPT, parseKeptRuns, type KeptRun } from "../../domain/load/keptRuns.ts";
import { browserStorage } from "../page/browserStorage.ts";
import { clockStepMs, pageNow } from "../page/clock.ts";
import { notify } from "../page/noticesStore.ts";
import { peersStore } from "../peers/peersStore.ts";
import { runOf } from "../record/runsStore.ts";
import { serverStore } from "../server/serverStore.ts";

interface KeptRuns {
  /** The oldest first. */
  readonly kept: readonly KeptRun[];
  /** The two that are compared, by their ids; null: none chosen. */
  readonly a: number | null;
  readonly b: number | null;
}

const KEY = "roundtrip.runs";

/** Runs that a person keeps to compare; they survive a reload. */
export const keptRunsStore = createStore<KeptRuns>(() => {
  const kept = read();
  return { kept, a: kept.at(-2)?.id ?? null, b: kept.at(-1)?.id ?? null };
});

function read(): KeptRun[] {
  try {
    return parseKeptRuns(JSON.parse(browserStorage().getItem(KEY) ?? "[]"));
  } catch {
    return [];
  }
}

/** Writes them down; where there is no room for that they last until the page is closed. */
function put(kept: readonly KeptRun[]): void {
  const { a, b } = keptRunsStore.getState();
  const there = (id: number | null): number | null => (kept.some((run) => run.id === id) ? id : null);
  keptRunsStore.setState({ kept, a: there(a), b: there(b) });
  browserStorage().setItem(KEY, JSON.stringify(kept));
}

function refuse(words: string): null {
  notify("refused", words);
  return null;
}

/** Keeps a run under a name; null where it cannot. It becomes the second of the two that are compared, and the second the first. */
export function keep(runId: number, name: string): KeptRun | null {
  const run = runOf(runId);
  const { responders, requesters } = peersStore.getState();
  const requester = requesters.find(({ setup }) => setup.name === run?.requester)?.setup;
  const { connection } = serverStore.getState();
  const { kept, b } = keptRunsStore.getState();
  if (!run || !requester) return refuse("Its requester was removed, so its settings are no longer known.");
  if (kept.length >= MOST_KEPT)
    return refuse(`${MOST_KEPT} runs are kept, and no more fit: remove one under Compare first.`);
  const id = Math.max(Math.round(pageNow()), (kept.at(-1)?.id ?? 0) + 1);
  const made = keepRun(
    run,
    { id, name, clockStepMs: clockStepMs() },
    {
      requester,
      responders: responders.map(({ setup, state }) => ({ ...setup, state })),
      server: connection.kind === "connected" ? connection.server.version : "",
    },
  );
  if (!made) return refuse("No call of this run got a reply: there is nothing to compare.");
  put([...kept, made]);
  keptRunsStore.setState({ a: b, b: id });
  return made;
}

export function renameKept(id: number, name: string): void {
  put(keptRunsStore.getState().kept.map((run) => (run.id === id ? { ...run, name } : run)));
}

export function removeKept(id: number): void {
  const before = keptRunsStore.getState();
  const run = before.kept.find((each) => each.id === id);
  if (!run) return;
  put(before.kept.filter((each) => each.id !== id));
  notify("neutral", `“${run.name}” is removed.`, {
    label: "Undo",
    run() {
      const { kept } = keptRunsStore.getState();
      put([...kept, run].sort((x, y) => x.id - y.id));
      keptRunsStore.setState({ a: before.a, b: before.b });
    },
  });
}

export function compare(which: "a" | "b", id: number): void {
  keptRunsStore.setState(which === "a" ? { a: id } : { b: id });
}
