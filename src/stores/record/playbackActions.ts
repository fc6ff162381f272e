import { relatedExchanges } from "../../domain/exchanges/related.ts";
import { advanced, SPEEDS, speedFor, type StepScope } from "../../domain/replay/playback.ts";
import { paceOf } from "../../domain/schedule/pace.ts";
import { exchangeSpan, nextStep, stepBefore } from "../../domain/replay/steps.ts";
import { pageNow } from "../page/clock.ts";
import { goLive, pauseAt, playbackStore } from "./playbackStore.ts";
import { recordStore } from "./recordStore.ts";
import { select, selectionStore } from "../page/selectionStore.ts";
import { notify } from "../page/noticesStore.ts";
import { replayIndex, shownStore } from "./shownRecord.ts";
import type { RecordView } from "../../domain/record/trafficRecord.ts";
import type { Instant } from "../../domain/base/instant.ts";

/** A span in which nothing happens is skipped when it would last longer than this on the screen, but for a moment before its end. */
const MOST_IDLE_MS = 2000;
const BEFORE_NEXT_MS = 400;
/** A page that was hidden goes on where it was. */
const MOST_FRAME_MS = 250;

/** Stops where the page is: at the present while live. */
function pause(): void {
  const { mode, at } = playbackStore.getState();
  if (mode === "paused") return;
  if (at === null) replayIndex(true);
  pauseAt(at ?? pageNow());
}

/** Goes on from the instant that is shown, at the speed that was chosen, until it has caught up with the present. */
function resume(): void {
  const { mode, at } = playbackStore.getState();
  if (mode !== "paused" || at === null) return;
  playbackStore.setState({ mode: "playing", until: null, pace: null });
  play();
}

export function pauseOrResume(): void {
  if (playbackStore.getState().mode === "paused") resume();
  else pause();
}

/** Looks at another instant, within what is recorded. */
export function goTo(at: Instant): void {
  const span = replayIndex(playbackStore.getState().at === null).span();
  const now = pageNow();
  pauseAt(Math.min(now, Math.max(at, span === null ? now : span.from)));
}

/** To the next event: of the selected exchange, if steps are limited to that. False when there is none yet. */
export function stepForward(): boolean {
  const past = standing();
  const next = nextStep(past, steppedExchange());
  if (next === undefined) return false;
  pauseAt(past.index.whenOf(next));
  return true;
}

/** To the event before; from the present, to the last one. */
export function stepBack(): boolean {
  const past = standing();
  const before = stepBefore(past, steppedExchange());
  if (before === undefined) return false;
  pauseAt(past.index.whenOf(before));
  return true;
}

/** To the beginning of what is recorded. */
export function goToStart(): void {
  const span = replayIndex(true).span();
  if (span) pauseAt(span.from);
}

/** Shows one exchange from its first event to its last in a few seconds, most of them for what moves. */
export function playExchange(seq: number): void {
  const { record } = recordStore.getState();
  const span = exchangeSpan({ at: 0, index: replayIndex(true), whole: record }, seq);
  if (span === null) return;
  select({ kind: "exchange", seq });
  const lastsMs = span.to - span.from;
  const around = Math.max(lastsMs * 0.05, 0.01);
  const from = span.from - around;
  const until = span.to + around;
  const pace = paceOf(relatedExchanges(record, seq), from, until);
  playbackStore.setState({ mode: "playing", at: from, speed: speedFor(lastsMs), until, pace });
  play();
}

export function setSpeed(speed: number): void {
  playbackStore.setState({
    speed: Math.min(Math.max(...SPEEDS), Math.max(Math.min(...SPEEDS), speed)),
    pace: null,
  });
}

export function setScope(scope: StepScope): void {
  playbackStore.setState({ scope });
}

/** The exchange that steps are limited to, or null. */
export function steppedExchange(): number | null {
  const { selected } = selectionStore.getState();
  return playbackStore.getState().scope === "selected" && selected?.kind === "exchange" ? selected.seq : null;
}

/** Where steps begin. */
function standing(): RecordView {
  pause();
  // What was recorded since is there to step to.
  const index = replayIndex(true);
  return { at: playbackStore.getState().at ?? pageNow(), index, whole: recordStore.getState().record };
}

let frame: number | null = null;
let frameAt = 0;

function play(): void {
  frameAt = pageNow();
  frame ??= requestAnimationFrame(step);
}

function step(): void {
  frame = null;
  const before = playbackStore.getState();
  if (before.mode !== "playing" || before.at === null) return;
  const now = pageNow();
  const passed = advanced(before, Math.min(MOST_FRAME_MS, now - frameAt));
  frameAt = now;
  const index = replayIndex();
  const at = passed.at ?? now;
  if (passed.mode === "playing" && before.until === null) {
    const past: RecordView = { at, index, whole: recordStore.getState().record };
    // That connections are checked now and then is nothing to wait for.
    const next = nextStep(past, null);
    const { speed } = before;
    if (next === undefined) {
      // Nothing more is recorded: live is what comes next, unless something slow is still under way.
      replayIndex(true);
      const stillNone = nextStep(past, null) === undefined;
      if (stillNone && (speed === 1 || !isUnderWay(index.underWayAt(at)))) return goLive();
    } else if ((index.whenOf(next) - at) * speed > MOST_IDLE_MS && !index.isBusyAt(at)) {
      playbackStore.setState({ at: index.whenOf(next) - BEFORE_NEXT_MS / speed });
      return play();
    }
  }
  playbackStore.setState(passed);
  if (passed.mode === "playing") frame = requestAnimationFrame(step);
}

const isUnderWay = (seqs: Iterator<number>): boolean => !(seqs.next().done ?? false);

shownStore.subscribe(({ record: { past, events } }) => {
  const { mode, at } = playbackStore.getState();
  if (past === null || mode !== "paused" || at === null || at >= events.evictedUpTo) return;
  const span = past.index.span();
  if (span === null) return;
  notify(
    "neutral",
    "That moment was discarded to make room for newer traffic. This is the oldest that is kept.",
  );
  pauseAt(span.from);
});

// An emptied record has no past.
let clearedAt = recordStore.getState().record.events.first;
recordStore.subscribe(({ record }) => {
  if (record.events.first === clearedAt) return;
  clearedAt = record.events.first;
  if (playbackStore.getState().at !== null) goLive();
});
