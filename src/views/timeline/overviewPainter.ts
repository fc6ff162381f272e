import type { PeerState } from "../../domain/events/events.ts";
import type { Exchange } from "../../domain/events/exchange.ts";
import { emptyRow, isFailure, rowTimes, type RowTimes } from "../../domain/timeline/overviewRows.ts";
import type { TrafficRecord } from "../../domain/record/trafficRecord.ts";
import { tickLabel } from "../../domain/timeline/tickLabel.ts";
import { axisStep } from "../../domain/timeline/timeWindow.ts";
import type { Colours } from "./colours.ts";
import { DETAILED_PX, LANE_HEIGHT, laneY, WORDED_PX, type OverviewLayout } from "./overviewLayout.ts";
import { fitting } from "./sequenceGeometry.ts";
import type { Instant } from "../../domain/base/instant.ts";

export interface OverviewPaint {
  readonly context: CanvasRenderingContext2D;
  readonly colours: Colours;
  readonly layout: OverviewLayout;
  readonly record: TrafficRecord;
  /** Ends what is in flight. */
  readonly now: Instant;
  readonly selected: number | null;
  /** Where playback stands, or null while live. */
  readonly cursor: Instant | null;
  /** Times on the axis count from here. */
  readonly origin: Instant;
  readonly read: (seq: number) => Exchange | undefined;
  readonly laneName: (peer: number) => string;
  readonly words: (seq: number) => string;
}

/** How wide a letter of a row's words is, in px. */
const LETTER_PX = 6.7;

const STATE_WORDS: Readonly<Partial<Record<PeerState, string>>> = {
  frozen: "frozen",
  draining: "draining",
  drained: "drained",
  killed: "killed",
  crashed: "crashed",
  reconnecting: "cut off",
  disconnected: "disconnected",
  notSubscribed: "not subscribed",
};

/** Paints every exchange of a window as a row over time, with what their peers went through above them. */
export function paintOverview(paint: OverviewPaint): void {
  const { context, layout } = paint;
  context.clearRect(0, 0, layout.width, layout.height);
  paintAxis(paint);
  paintLanes(paint);
  paintTrees(paint);
  if (layout.rowPx >= DETAILED_PX) paintDetailed(paint);
  else paintDense(paint);
  paintCursor(paint);
}

function paintAxis({ context, colours, layout, origin }: OverviewPaint): void {
  const { window, width, height } = layout;
  const step = axisStep(window, Math.max(2, Math.floor(width / 90)));
  context.font = `11px ${colours["--mono"]}`;
  context.textBaseline = "middle";
  const first = Math.ceil((window.from - origin) / step);
  for (let index = first; origin + index * step <= window.to; index++) {
    // Not added up: what a sum is off by would show.
    const at = index * step;
    const x = Math.round(layout.x(origin + at)) + 0.5;
    context.strokeStyle = colours["--rule"];
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(x, 14);
    context.lineTo(x, height);
    context.stroke();
    context.fillStyle = colours["--ink-faint"];
    context.fillText(tickLabel(at, step), x + 3, 8);
  }
}

function paintLanes(paint: OverviewPaint): void {
  const { context, colours, layout, now, laneName } = paint;
  layout.lanes.forEach((bands, lane) => {
    const y = laneY(lane);
    for (const { peer, state, from, to } of bands) {
      const left = Math.max(0, layout.x(from));
      const width = Math.max(2, Math.min(layout.width, layout.x(to ?? now)) - left);
      const cold = state === "frozen" || state === "draining" || state === "drained";
      context.fillStyle = colours[cold ? "--rule" : "--error-soft"];
      context.fillRect(left, y, width, LANE_HEIGHT);
      context.fillStyle = colours[cold ? "--ghost" : "--error"];
      context.fillRect(left, y, 2, LANE_HEIGHT);
      context.font = `10.5px ${colours["--mono"]}`;
      context.textBaseline = "middle";
      const words = `${laneName(peer)} ${STATE_WORDS[state] ?? state}`;
      const fits = context.measureText(words).width + 8 <= width;
      const room = layout.width - left - width;
      context.fillStyle = colours["--ink"];
      if (fits) context.fillText(words, left + 5, y + LANE_HEIGHT / 2 + 0.5);
      else if (room < context.measureText(words).width + 6 && left > 90) {
        context.textAlign = "right";
        context.fillText(words, left - 4, y + LANE_HEIGHT / 2 + 0.5);
        context.textAlign = "left";
      } else context.fillText(words, left + width + 4, y + LANE_HEIGHT / 2 + 0.5);
    }
  });
}

/** What belongs together stands on one ground, with a bracket before it. */
function paintTrees({ context, colours, layout }: OverviewPaint): void {
  if (layout.rowPx < DETAILED_PX) return;
  for (const { first, count } of layout.trees) {
    const y = layout.y(first);
    const height = count * layout.rowPx - 1;
    context.fillStyle = colours["--surface-sunken"];
    context.fillRect(0, y, layout.width, height);
    context.fillStyle = colours["--rule-strong"];
    context.fillRect(0, y, 2, height);
  }
}

/** One bar a row, in the colour of how it ended; where rows share a line of pixels, the worst of them is on top. */
function paintDense({ context, colours, layout, record, now, selected }: OverviewPaint): void {
  const { rows, rowPx } = layout;
  const row = emptyRow();
  const height = Math.max(1, rowPx - (rowPx > 3 ? 1 : 0));
  for (const failures of [false, true]) {
    rows.forEach((seq, index) => {
      rowTimes(record, seq, row);
      if (isFailure(row.outcome) !== failures) return;
      const left = layout.x(row.from);
      const right = layout.x(Math.min(row.to, now));
      context.fillStyle = colours[colourOf(row)];
      context.fillRect(left, Math.floor(layout.y(index)), Math.max(1.5, right - left), height);
    });
  }
  const position = selected === null ? -1 : rows.indexOf(selected);
  if (position >= 0) {
    context.fillStyle = colours["--focus"];
    context.fillRect(0, Math.floor(layout.y(position)) - 1, layout.width, 1);
    context.fillRect(0, Math.floor(layout.y(position) + height), layout.width, 1);
  }
}

/** Rows that show what happened within them: the way, the waiting, the handler, and what came back. */
function paintDetailed(paint: OverviewPaint): void {
  const { context, colours, layout, record, now, selected, read, words } = paint;
  const row = emptyRow();
  /** By call: where the attempt before ended. */
  const attempts = new Map<number, { readonly x: number; readonly y: number }>();
  layout.rows.forEach((seq, index) => {
    rowTimes(record, seq, row);
    const exchange = read(seq);
    const y = layout.y(index);
    const middle = y + layout.rowPx / 2;
    const bar = Math.min(9, Math.max(2, layout.rowPx - 1.5));
    const left = layout.x(row.from);
    const right = Math.max(left + 2, layout.x(Math.min(row.to, now)));
    if (seq === selected) {
      context.fillStyle = colours["--request-soft"];
      context.fillRect(0, y, layout.width, layout.rowPx);
    }
    context.fillStyle = colours[row.outcome === null ? "--request-soft" : "--rule-strong"];
    context.fillRect(left, middle - 1, right - left, 2);
    let last = right;
    for (const { deliveredAt, handlingAt, handledAt, answeredAt } of exchange?.deliveries ?? []) {
      const came = layout.x(deliveredAt);
      const began = layout.x(handlingAt ?? handledAt ?? Math.max(deliveredAt, now));
      context.fillStyle = colours["--ghost"];
      context.globalAlpha = 0.45;
      context.fillRect(came, middle - bar / 2, Math.max(0, began - came), bar);
      context.globalAlpha = 1;
      if (handlingAt === null) continue;
      const done = layout.x(handledAt ?? now);
      context.fillStyle = colours["--ink-soft"];
      context.fillRect(began, middle - bar / 2, Math.max(1, done - began), bar);
      last = Math.max(last, done, answeredAt === null ? 0 : layout.x(answeredAt));
    }
    for (const { arrivedAt, verdict } of exchange?.arrivals ?? []) {
      if (verdict !== "late" && verdict !== "duplicate") continue;
      const x = layout.x(arrivedAt);
      last = Math.max(last, x + 4);
      diamond(context, x, middle, Math.min(4.5, Math.max(2, layout.rowPx / 2 - 1)), colours["--ghost"], true);
    }
    if (row.outcome !== null) {
      const size = Math.min(4.5, Math.max(2, layout.rowPx / 2 - 1));
      diamond(context, layout.x(row.to), middle, size, colours[colourOf(row)], false);
    }
    const call = exchange?.call ?? null;
    const before = call === null ? undefined : attempts.get(call);
    if (before) {
      context.strokeStyle = colours["--error"];
      context.lineWidth = 1;
      context.beginPath();
      context.moveTo(before.x, before.y);
      context.lineTo(before.x, middle);
      context.lineTo(left, middle);
      context.stroke();
    }
    if (call !== null) attempts.set(call, { x: right, y: middle });
    if (layout.rowPx < WORDED_PX) return;
    context.font = `11px ${colours["--mono"]}`;
    context.textBaseline = "middle";
    context.fillStyle = colours["--ink-soft"];
    const depth = layout.depths[index] ?? 0;
    const text = depth === 0 ? words(seq) : `${"  ".repeat(depth - 1)}↳ ${words(seq)}`;
    const x = last + 10;
    if (layout.width - x > 120)
      context.fillText(fitting(text, layout.width - x - 4, LETTER_PX), x, middle + 0.5);
    else if (left > 120) {
      context.textAlign = "right";
      context.fillText(fitting(text, left - 12, LETTER_PX), left - 8, middle + 0.5);
      context.textAlign = "left";
    }
  });
}

function diamond(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  size: number,
  colour: string,
  hollow: boolean,
): void {
  context.beginPath();
  context.moveTo(x, y - size);
  context.lineTo(x + size, y);
  context.lineTo(x, y + size);
  context.lineTo(x - size, y);
  context.closePath();
  if (hollow) {
    context.strokeStyle = colour;
    context.lineWidth = 1.4;
    context.stroke();
  } else {
    context.fillStyle = colour;
    context.fill();
  }
}

function paintCursor({ context, colours, layout, cursor }: OverviewPaint): void {
  if (cursor === null) return;
  const x = Math.round(layout.x(cursor)) + 0.5;
  context.strokeStyle = colours["--focus"];
  context.lineWidth = 1.5;
  context.beginPath();
  context.moveTo(x, 0);
  context.lineTo(x, layout.height);
  context.stroke();
}

function colourOf({ outcome, ghosts }: RowTimes): keyof Colours {
  switch (outcome) {
    case "replied":
      return ghosts > 0 ? "--ghost" : "--reply";
    case "noResponders":
      return "--no-responders";
    case "cancelled":
    case "shortCircuited":
    case "fellBack":
      return "--ghost";
    case null:
      return "--request";
    default:
      return "--error";
  }
}
