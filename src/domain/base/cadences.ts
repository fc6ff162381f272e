/**
 * How often things are told and shown, in ms: often while little happens, since a person looks; seldom while much does, since nobody
 * could read each step and the traffic needs the processor more. What is new crosses four stages, one after the other: a worker posts
 * its events, the page folds them, figures and the canvas show them; the progress of loads comes beside them.
 */

/** Of a display that shows 60 frames a second. */
const FRAME_MS = 16;
const TWO_FRAMES_MS = 33;
const THREE_FRAMES_MS = 50;
/** Frames do not come to the ms: so much earlier than due is in time. */
const FRAME_SLACK_MS = 5;
/** A timer that ends so much before a frame is due does not ask for the one before it. */
export const HALF_FRAME_MS = 8;

/** Where nobody looks. */
const UNWATCHED_MS = 2000;
/** What is read rather than watched. */
const FIGURES_MS = 100;
const BUSY_FIGURES_MS = 250;

/** Above so many events a ms nobody could tell whether every frame has its own, and fewer batches cost both threads less. */
const BUSY_POSTED_PER_MS = 0.5;

/** Whether a worker that recorded so many events in so many ms is busy. */
export const isBusyPosting = (events: number, inMs: number): boolean => events > inMs * BUSY_POSTED_PER_MS;

/** How long a worker collects events before it posts them. The page folds once a frame: batches that come more often only cost. */
export const postEveryMs = (busy: boolean, watched: boolean): number =>
  !watched ? UNWATCHED_MS : busy ? THREE_FRAMES_MS : FRAME_MS;

/** With so many events waiting there is no need for another fold in the very next frame. */
const BUSY_WAITING = 24;

/** How far apart the page folds what has arrived, with so many events waiting; 0: in every frame. */
export const foldEveryMs = (waiting: number): number =>
  waiting < BUSY_WAITING ? 0 : THREE_FRAMES_MS - FRAME_SLACK_MS;

/** Above so many events a second nobody reads every figure. */
const BUSY_RECORDED_PER_SECOND = 2500;

/** How many times the pause between two showings of a figure is as long as it says, with so many events in so many ms. */
export const figuresSlowdown = (events: number, inMs: number): number =>
  (1000 * events) / Math.max(FIGURES_MS, inMs) > BUSY_RECORDED_PER_SECOND ? BUSY_FIGURES_MS / FIGURES_MS : 1;

/** How far apart figures are shown at least, all together. In the past, what is read keeps up with what the canvas shows. */
export const figuresEveryMs = (slowdown: number, inPast: boolean): number =>
  inPast ? TWO_FRAMES_MS : FIGURES_MS * slowdown;

/** The same for one of them, which by itself would be shown every so many ms. */
export const figureEveryMs = (everyMs: number, slowdown: number, inPast: boolean): number =>
  inPast ? Math.min(everyMs, TWO_FRAMES_MS) : everyMs * slowdown;

/** A figure that is due within this is shown with the others. */
export const FIGURES_SLACK_MS = 25;

/** How far apart frames of the canvas are, where one of `every` exchanges is drawn; 0: every frame. */
export const drawEveryMs = (every: number): number =>
  every === 1 ? 0 : every < 10 ? TWO_FRAMES_MS : THREE_FRAMES_MS;

/** Whether the canvas may be drawn again already: for how many ms not, 0 or less when it may. */
export const drawEarlyMs = (every: number, sinceMs: number): number =>
  drawEveryMs(every) - FRAME_SLACK_MS - sinceMs;

/** From so many calls that ended since the last time on, nobody reads each figure of a load. */
const BUSY_ENDED = 25;
/** How often a load looks whether there is something to tell. */
export const PROGRESS_LOOK_MS = 100;

/** Whether a load tells how far it has come, so many ms after the last time, when so many calls ended since. */
export function isProgressDue(sinceMs: number, ended: number, drawn: boolean): boolean {
  const everyMs = drawn ? BUSY_FIGURES_MS : UNWATCHED_MS;
  return ended < BUSY_ENDED || sinceMs >= everyMs - PROGRESS_LOOK_MS / 2;
}
