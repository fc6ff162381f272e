import { useStore } from "zustand";
import { eventSpan } from "../../domain/record/eventRing.ts";
import { eventsBeforePast } from "../../domain/record/checkpoints.ts";
import { formatCount, formatMs } from "../../domain/base/formats.ts";
import { goTo } from "../../stores/record/playbackActions.ts";
import { goLive, playbackStore } from "../../stores/record/playbackStore.ts";
import { recordStore } from "../../stores/record/recordStore.ts";
import { shownPast } from "../../stores/record/shownRecord.ts";
import { clockTime } from "../results/messages/clockTime.ts";
import { useShownEvery } from "../record/useRecord.ts";
import { Overview } from "./Overview.tsx";
import type { Instant } from "../../domain/base/instant.ts";

/** The recorded span of time as a slider, with what happened when drawn beneath. */
export function ScrubBar() {
  useShownEvery(1000);
  const at = useStore(playbackStore, (playback) => (playback.mode === "live" ? null : playback.at));
  const { from, to: newest } = spanShown();
  // Paused later than the newest event: the slider reaches to there, or it would stand at that event already.
  const to = Math.max(newest, at ?? newest);
  const before = eventsBeforePast(recordStore.getState().record);
  const lengthMs = Math.max(to - from, 0.001);
  const shown = at ?? to;
  const empty = to <= from;
  const words =
    at === null ? "live" : `${exactTime(at)}, ${formatMs(Math.max(0, newest - at))} before the newest event`;
  return (
    <div className="transport-scrub">
      <Overview from={from} to={to} live={at === null} />
      <input
        type="range"
        className="transport-time"
        aria-label="Time"
        aria-valuetext={words}
        min={0}
        max={lengthMs}
        step="any"
        value={Math.min(lengthMs, Math.max(0, shown - from))}
        disabled={empty}
        onChange={(event) => goTo(from + Number(event.currentTarget.value))}
        onKeyDown={(event) => {
          // The end of the record is the present.
          if (event.key !== "End") return;
          event.preventDefault();
          goLive();
        }}
      />
      <p className="transport-span">
        <span title="Where the record begins">
          {empty ? "nothing recorded yet" : clockTime(from)}
          {before > 0 && ` · ${formatCount(before)} oldest events discarded`}
        </span>
        <output className="transport-at" aria-label="Time shown">
          {at === null ? "now" : exactTime(at)}
        </output>
      </p>
    </div>
  );
}

/** `14:03:22.481 305`: to the µs, since many events share a millisecond. */
function exactTime(at: Instant): string {
  const us = Math.floor((at - Math.floor(at)) * 1000);
  return `${clockTime(at)} ${String(us).padStart(3, "0")}`;
}

/** From the first event that can be told to the newest. */
function spanShown(): { readonly from: Instant; readonly to: Instant } {
  const past = shownPast();
  if (past) return past.index.span() ?? NO_SPAN;
  const { events } = recordStore.getState().record;
  const { first, last } = eventSpan(events);
  if (last < first) return NO_SPAN;
  const timeOf = (number: number): Instant => events.at[number % events.capacity] ?? 0;
  const from = Math.max(timeOf(first), events.evictedUpTo);
  return { from, to: Math.max(from, timeOf(last)) };
}

const NO_SPAN = { from: 0, to: 0 };
