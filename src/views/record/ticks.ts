import {
  figureEveryMs,
  FIGURES_SLACK_MS,
  figuresEveryMs,
  figuresSlowdown,
} from "../../domain/base/cadences.ts";
import { recordStore } from "../../stores/record/recordStore.ts";
import { shownStore } from "../../stores/record/shownRecord.ts";

/**
 * What is shown of the record changes in ticks that all views share: each change of the document on its own costs a layout and
 * a paint, and a dozen views that follow by timers of their own pay that a dozen times over.
 */

/** What a view follows: the record itself, or what the page shows of it, which may be the past. */
export type Followed = "record" | "shown";

export interface Follower {
  subscribe(listener: () => void): () => void;
  /** The version that is shown; changes with a tick alone. */
  version(): number;
}

interface Following {
  readonly of: Followed;
  readonly everyMs: number;
  readonly listeners: Set<() => void>;
  version: number;
  at: number;
}

const following = new Set<Following>();
let timer: ReturnType<typeof setTimeout> | undefined;
let tickedAt = -Infinity;
let eventsThen = 0;
let slowdown = 1;
let inPast = false;

const latest = (of: Followed): number =>
  of === "record" ? recordStore.getState().version : shownStore.getState().version;

/** Ms between two showings of a view: under load as many ticks as else. */
const everyOf = ({ of, everyMs }: Following): number =>
  figureEveryMs(everyMs, slowdown, inPast && of === "shown");

function schedule(): void {
  if (timer !== undefined) return;
  let dueAt = Infinity;
  for (const view of following) {
    if (view.version !== latest(view.of)) dueAt = Math.min(dueAt, view.at + everyOf(view));
  }
  if (dueAt === Infinity) return;
  const at = Math.max(dueAt, tickedAt + figuresEveryMs(slowdown, inPast));
  timer = setTimeout(tick, Math.max(0, at - performance.now()));
}

function tick(): void {
  timer = undefined;
  const now = performance.now();
  const { last } = recordStore.getState().record.events;
  slowdown = figuresSlowdown(last - eventsThen, now - tickedAt);
  eventsThen = last;
  tickedAt = now;
  for (const view of following) {
    if (now >= view.at + everyOf(view) - FIGURES_SLACK_MS) show(view, now);
  }
  schedule();
}

function show(view: Following, now: number): void {
  const version = latest(view.of);
  if (version === view.version) return;
  view.version = version;
  view.at = now;
  for (const listener of view.listeners) listener();
}

recordStore.subscribe(schedule);
shownStore.subscribe(({ record }) => {
  const turned = inPast !== (record.past !== null);
  inPast = record.past !== null;
  if (!turned) return schedule();
  // To stop, and to go on, is seen at once.
  clearTimeout(timer);
  timer = undefined;
  for (const view of following) if (view.of === "shown") show(view, performance.now());
  schedule();
});

/** Follows at once and then every `everyMs` at most, together with what else is due. */
export function follow(of: Followed, everyMs: number): Follower {
  const view: Following = { of, everyMs, listeners: new Set(), version: latest(of), at: -Infinity };
  return {
    subscribe(listener) {
      // What came while nobody followed is in what was just drawn.
      if (view.listeners.size === 0) view.version = latest(of);
      view.listeners.add(listener);
      following.add(view);
      schedule();
      return () => {
        view.listeners.delete(listener);
        if (view.listeners.size === 0) following.delete(view);
      };
    },
    version: () => view.version,
  };
}
