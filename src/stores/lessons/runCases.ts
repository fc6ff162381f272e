import { decodeUtf8 } from "../../domain/base/utf8.ts";
import type { Exchange } from "../../domain/events/exchange.ts";
import type { CaseAnswer, CaseSet, RequestCase } from "../../lessons/cases.ts";
import type { LessonAction } from "../../lessons/actions.ts";
import { askOnce } from "./askOnce.ts";
import { casesStore, type CaseResult, type CasesRun } from "./casesStore.ts";
import { peersStore } from "../peers/peersStore.ts";

/** Runs every case of a set, one after another, through a requester of the page; `act` does what a case needs done for it. */
export async function runCases(set: CaseSet, act: (action: LessonAction) => Promise<void>): Promise<void> {
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
    for (const action of one.before ?? []) await act(action);
    const exchange = await askOnce(peer.id, { ...peer.setup, ...asked(one) });
    for (const action of one.after ?? []) await act(action);
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
