import { createStore } from "zustand/vanilla";
import type { CaseAnswer, CaseSet, CasesSeen, RequestCase } from "../lessons/cases.ts";
import { decodeUtf8 } from "../domain/utf8.ts";
import type { Exchange } from "../domain/exchange.ts";
import { askOnce } from "./askOnce.ts";
import { peersStore } from "./peersStore.ts";

/** What came of one case. `problem` is null when it is as expected. */
export interface CaseResult {
  readonly answer: CaseAnswer | null;
  readonly problem: string | null;
  /** Its exchange in the record, or null. */
  readonly seq: number | null;
}

export interface CasesRun {
  readonly running: boolean;
  readonly of: number;
  /** Why the cases could not be run, or null. */
  readonly trouble: string | null;
  /** By the case's id. */
  readonly results: Readonly<Record<string, CaseResult>>;
}

/** What came of runnable cases, by their set. */
export const casesStore = createStore<Readonly<Record<string, CasesRun>>>(() => ({}));

/** Runs every case of a set, one after another, through a requester of the page. */
export async function runCases(set: CaseSet, lesson: Lesson): Promise<void> {
  if (casesStore.getState()[set.id]?.running) return;
  const { requesters } = peersStore.getState();
  const peer = requesters.find(({ setup }) => setup.name === set.requester) ?? requesters[0];
  const run = (patch: Partial<CasesRun>): void =>
    casesStore.setState((all) => ({
      [set.id]: { ...(all[set.id] ?? { running: false, of: 0, trouble: null, results: {} }), ...patch },
    }));
  if (!peer) {
    run({ of: set.cases.length, trouble: "There is no requester to ask: add one, and run the cases again." });
    return;
  }
  run({ running: true, of: set.cases.length, trouble: null, results: {} });
  for (const one of set.cases) {
    for (const deed of one.before ?? []) await perform(deed, lesson);
    const exchange = await askOnce(peer.id, { ...peer.setup, ...asked(one) });
    for (const deed of one.after ?? []) await perform(deed, lesson);
    const result = judge(one, exchange);
    run({ results: { ...casesStore.getState()[set.id]?.results, [one.id]: result } });
  }
  run({ running: false });
}

const asked = ({ subject, request, timeoutMs }: RequestCase) => ({
  subject,
  payload: { format: "text" as const, template: request },
  headers: [],
  ...(timeoutMs === undefined ? {} : { timeoutMs }),
});

function judge(one: RequestCase, exchange: Exchange | null): CaseResult {
  const answer = exchange && answerOf(exchange);
  if (!answer) return { answer: null, problem: "It was never settled.", seq: exchange?.seq ?? null };
  return { answer, problem: one.check(answer), seq: exchange.seq };
}

function answerOf({ outcome, reason, arrivals, settledAt, attemptedAt }: Exchange): CaseAnswer | null {
  if (outcome === null) return null;
  const taken = arrivals.find(({ verdict }) => verdict === "taken");
  const text = taken ? decodeUtf8(taken.message.bytes) : "";
  return { outcome, reason, text, json: readJson(text), latencyMs: (settledAt ?? 0) - (attemptedAt ?? 0) };
}

function readJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

/** How a set stands, for a step's condition. */
export function casesSeen(set: string): CasesSeen {
  const run = casesStore.getState()[set];
  const results = Object.values(run?.results ?? {});
  const met = results.filter(({ problem }) => problem === null).length;
  return { met, failed: results.length - met, of: run?.of ?? 0 };
}
