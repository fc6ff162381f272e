import { describeReason } from "../../domain/narration/describeReason.ts";
import { startComparisonLink, type ComparisonLink } from "../../workers/links/comparisonLink.ts";
import { comparisonStore, type ComparisonState, type HttpTotals } from "./comparisonStore.ts";
import { newPeerId, peersStore, rememberName } from "../peers/peersStore.ts";
import { seedStore } from "../peers/seedStore.ts";
import { serverStore } from "../server/serverStore.ts";

const PAYLOAD = '{"user_id":7}';
const USUAL_SUBJECT = "user.get";

let link: ComparisonLink | null = null;
let run = 0;

/** Where the page's server can be asked, or null where there is none, or where the page talks to another NATS server. */
export function comparisonUrl(): string | null {
  const { home, address } = serverStore.getState();
  return home !== null && home.url === address.url ? home.comparisonUrl : null;
}

/** The subject of the responder of this page that takes part: one that looks users up. */
function comparedSubject(): string | null {
  const fitting = peersStore
    .getState()
    .responders.find(
      ({ setup: { handler, subject } }) =>
        handler.kind === "builtin" && handler.id === "user-lookup" && !/[*>]/.test(subject),
    );
  return fitting?.setup.subject ?? null;
}

const set = (patch: Partial<ComparisonState>): void => comparisonStore.setState(patch);

/** Asks the same handler in each way, so many times, in turns. */
export async function runComparison(rounds: number): Promise<void> {
  const url = comparisonUrl();
  const { phase } = comparisonStore.getState();
  if (url === null || phase === "starting" || phase === "running") return;
  const mine = ++run;
  set({ phase: "starting", progress: null, http: null, trouble: null, cut: false });
  try {
    const serverSubject = await begin(url);
    if (mine !== run) return;
    startWorker(url, serverSubject, rounds);
  } catch (problem) {
    set({ phase: "idle", trouble: problem instanceof Error ? problem.message : String(problem) });
  }
}

function startWorker(url: string, serverSubject: string, rounds: number): void {
  const peer = newPeerId();
  rememberName(peer, "the comparison");
  const started = startComparisonLink({
    peer,
    name: "comparison",
    server: serverStore.getState().address,
    seed: seedStore.getState().seed,
    // It is no requester of the playground: its times stay out of the playground's figures.
    onEvents: () => {},
    onConnection: (connection) => {
      if (connection.kind === "failed") end(url, describeReason(connection.reason));
    },
    onClosed: () => {},
    onProblem: (problem) => end(url, problem),
    onProgress: (progress) => {
      if (link !== started) return;
      set({ phase: "running", progress });
      if (!progress.running) void finish(url);
    },
  });
  link = started;
  set({ phase: "running" });
  started.compare({
    rounds,
    payload: PAYLOAD,
    httpUrl: new URL(`${url}/user.get`, location.href).href,
    serverSubject,
    pageSubject: comparedSubject() ?? USUAL_SUBJECT,
  });
}

/** Ends a run; what was measured so far stays. */
export function stopComparison(): void {
  if (comparisonStore.getState().phase === "starting") {
    run++;
    set({ phase: "idle", cut: true });
    return;
  }
  set({ cut: true });
  link?.stop();
}

async function finish(url: string): Promise<void> {
  link?.close();
  link = null;
  const http = await totals(url);
  set({ phase: "done", http });
}

function end(url: string, trouble: string): void {
  link?.close();
  link = null;
  set({ phase: "idle", trouble });
  void totals(url);
}

/** Has the page's server offer its handler over NATS; gives the subject. Throws why it cannot. */
async function begin(url: string): Promise<string> {
  const answer: unknown = await (await fetch(url, { method: "POST" })).json();
  if (typeof answer === "object" && answer !== null) {
    if ("subject" in answer && typeof answer.subject === "string") return answer.subject;
    if ("error" in answer && typeof answer.error === "string") throw new Error(answer.error);
  }
  throw new Error("This page does not understand the answer of its server. Reload the page.");
}

/** What crossed HTTP in the run; the page's server leaves NATS. Null where it does not answer. */
async function totals(url: string): Promise<ComparisonState["http"]> {
  try {
    const answer: unknown = await (await fetch(url, { method: "DELETE" })).json();
    if (typeof answer !== "object" || answer === null || !("kept" in answer) || !("new" in answer))
      return null;
    const kept = totalsIn(answer.kept);
    const anew = totalsIn(answer.new);
    return kept && anew ? { kept, new: anew } : null;
  } catch {
    return null;
  }
}

function totalsIn(value: unknown): HttpTotals | null {
  if (typeof value !== "object" || value === null) return null;
  const number = (name: string): number => Number(Reflect.get(value, name));
  const found = {
    requests: number("requests"),
    connections: number("connections"),
    bytesIn: number("bytesIn"),
    bytesOut: number("bytesOut"),
  };
  return Object.values(found).every(Number.isFinite) ? found : null;
}
