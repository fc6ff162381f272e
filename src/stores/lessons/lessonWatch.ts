import { createStore } from "zustand/vanilla";
import { TRANSPORTS, type Transport } from "../../domain/load/comparison.ts";
import type { Lesson, Measure, Progress, Step } from "../../lessons/lesson.ts";
import {
  markOf,
  viewSince,
  type LessonView,
  type Mark,
  type SeenPage,
  type Surroundings,
} from "../../lessons/lessonView.ts";
import { newestMeasures } from "../../lessons/looks.ts";
import { casesSeen, casesStore } from "./casesStore.ts";
import { comparisonStore } from "../loads/comparisonStore.ts";
import { progressStore, setStepsDone, stepsDone } from "./lessonProgress.ts";
import { panelsStore } from "../page/panelsStore.ts";
import { nameOf, peersStore } from "../peers/peersStore.ts";
import { untilShownMs } from "../record/displayStore.ts";
import { recordStore } from "../record/recordStore.ts";
import { selectionStore } from "../page/selectionStore.ts";
import { serverStore } from "../server/serverStore.ts";

interface Watch {
  /** How far the step that is worked on has come; null where there is nothing to count. */
  readonly progress: Progress | null;
  /** Figures of each step, by its id: of the one that is worked on as they are, of one that is done as they were then. */
  readonly measures: Readonly<Record<string, readonly Measure[]>>;
  /** Grows when the step that is worked on begins anew. */
  readonly began: number;
}

/** What the page sees of the step that is worked on. */
export const watchStore = createStore<Watch>(() => ({ progress: null, measures: {}, began: 0 }));

/** From here on the step counts afresh. */
export function beginStepAnew(): void {
  watchStore.setState(({ began }) => ({ began: began + 1, progress: null }));
}

/** The first step that is not done; undefined when all are. */
export function currentStep(lesson: Lesson, done: readonly string[]): Step | undefined {
  return lesson.steps.find(({ id }) => !done.includes(id));
}

const EVERY_MS = 150;
/** How long figures have to stay the same to be final, and how long that is waited for at most. */
const STABLE_MS = 250;
const LONGEST_UNSTABLE_MS = 6000;
/** A look costs at most this share of the time, however much there is to see. */
const SHARE = 1 / 25;

/** Looks at the record again and again and ticks off the step that is worked on once it is done. Returns what stops that. */
export function watchLesson(lesson: Lesson): () => void {
  let mark: Mark = markOf(recordStore.getState().record);
  let step = currentStep(lesson, stepsDone(lesson.id));
  let { began } = watchStore.getState();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let costMs = 0;
  /** The step is done, which is told once all that led to it has been shown; what comes meanwhile counts for the next one. */
  let done: { readonly mark: Mark; readonly since: number; figures: string } | null = null;
  let ending: ReturnType<typeof setTimeout> | undefined;
  watchStore.setState({ progress: null, measures: {} });

  const begin = (next: Step | undefined): void => {
    step = next;
    mark = done?.mark ?? markOf(recordStore.getState().record);
    clearTimeout(ending);
    done = null;
    watchStore.setState({ progress: null });
  };
  const measured = ({ id, measure, cases }: Step, seen: LessonView): string => {
    const measures = (measure ?? (cases ? () => [] : newestMeasures))(seen);
    watchStore.setState((watch) => ({ measures: { ...watch.measures, [id]: measures } }));
    return JSON.stringify(measures);
  };
  /** Ticks the step off when its figures are final: its requests are settled, and the last replies have come. */
  const end = (): void => {
    if (!step || !done) return;
    const { id } = step;
    const seen = viewSince(recordStore.getState().record, mark, surroundings(), done.mark);
    const figures = measured(step, seen);
    const waits = seen.exchanges.some(({ requester, outcome }) => requester !== null && outcome === null);
    const final = figures === done.figures && !waits;
    if (!final && performance.now() - done.since < LONGEST_UNSTABLE_MS) {
      done.figures = figures;
      ending = setTimeout(end, STABLE_MS);
      return;
    }
    ending = setTimeout(() => setStepsDone(lesson.id, [...stepsDone(lesson.id), id]), untilShownMs());
  };
  const look = (): void => {
    timer = undefined;
    if (!step || done) return;
    const startedAt = performance.now();
    const seen = viewSince(recordStore.getState().record, mark, surroundings());
    const result = step.condition(seen);
    const progress = typeof result === "boolean" ? null : result;
    const met = typeof result === "boolean" ? result : result.done >= result.of;
    const figures = measured(step, seen);
    costMs = performance.now() - startedAt;
    watchStore.setState({ progress });
    if (!met) return;
    done = { mark: markOf(recordStore.getState().record), since: performance.now(), figures };
    ending = setTimeout(end, STABLE_MS);
  };
  const later = (): void => {
    timer ??= setTimeout(look, Math.max(EVERY_MS, costMs / SHARE));
  };
  const progressed = (): void => {
    const next = currentStep(lesson, stepsDone(lesson.id));
    if (next === step) return;
    begin(next);
    later();
  };
  const anew = (watch: Watch): void => {
    if (watch.began === began) return;
    began = watch.began;
    begin(step);
  };
  const stops = [
    recordStore.subscribe(later),
    peersStore.subscribe(later),
    panelsStore.subscribe(later),
    selectionStore.subscribe(later),
    serverStore.subscribe(later),
    casesStore.subscribe(later),
    comparisonStore.subscribe(later),
    progressStore.subscribe(progressed),
    watchStore.subscribe(anew),
  ];
  later();
  return () => {
    clearTimeout(timer);
    clearTimeout(ending);
    for (const stop of stops) stop();
  };
}

function comparisonSeen(): SeenPage["comparison"] {
  const { phase, cut, progress } = comparisonStore.getState();
  if (phase !== "done" || cut || !progress) return null;
  const counts = TRANSPORTS.map((way) => [way, progress.results[way].timesMs.length] as const);
  return Object.fromEntries(counts) as Record<Transport, number>; // fromEntries forgets the keys
}

function surroundings(): Surroundings {
  const { responders, requesters } = peersStore.getState();
  const { selected } = selectionStore.getState();
  const { folded, tab } = panelsStore.getState();
  return {
    responders: responders.map(({ id, setup, state }) => ({ id, name: setup.name, setup, state })),
    requesters: requesters.map(({ id, setup, state, load }) => ({
      id,
      name: setup.name,
      setup,
      state,
      underLoad: load?.running ?? false,
    })),
    page: {
      tab: folded.results ? "" : tab,
      exchange: selected?.kind === "exchange" ? selected.seq : null,
      peer: selected?.kind === "responder" || selected?.kind === "requester" ? selected.id : null,
      serverConnected: serverStore.getState().connection.kind === "connected",
      comparison: comparisonSeen(),
    },
    nameOf,
    cases: casesSeen,
  };
}
