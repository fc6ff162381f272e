import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import { useStore } from "zustand";
import {
  emptyRow,
  nextFailure,
  rowsWithin,
  rowTimes,
  stateBands,
  wholeSpan,
} from "../../domain/timeline/overviewRows.ts";
import { formatCount } from "../../domain/base/formats.ts";
import { readExchange } from "../../domain/exchanges/readExchange.ts";
import { relatedExchanges } from "../../domain/exchanges/related.ts";
import { groupByTree } from "../../domain/timeline/rowTrees.ts";
import type { TimeWindow } from "../../domain/timeline/timeWindow.ts";
import { pageNow } from "../../stores/page/clock.ts";
import { nameOf } from "../../stores/peers/peersStore.ts";
import { pauseAt, playbackStore } from "../../stores/record/playbackStore.ts";
import { recordStore } from "../../stores/record/recordStore.ts";
import { select } from "../../stores/page/selectionStore.ts";
import { observerId } from "../../stores/peers/serverActions.ts";
import { latinKey } from "../controls/keys.ts";
import { Minimap } from "./Minimap.tsx";
import { layoutOverview } from "./overviewLayout.ts";
import { paintOverview } from "./overviewPainter.ts";
import { OverviewTools } from "./OverviewTools.tsx";
import { rowWords } from "./rowWords.ts";
import { useColours } from "./useColours.ts";
import { useSize } from "./useSize.ts";
import { useTimeWindow } from "./useTimeWindow.ts";
import { useWheel } from "./useWheel.ts";

interface Props {
  readonly version: number;
  readonly whole: TimeWindow;
  readonly selected: number | null;
  /** Looks at the selected exchange step by step. */
  readonly onOpen: () => void;
}

/** How far the pointer may move in a click, in px. */
const STILL_PX = 4;
/** The axis of times, in px from the top: a click there sets the instant that is shown. */
const AXIS_PX = 16;

/** Many exchanges as rows over time. All rows of the span that is looked at fit: what stands out, stands out. */
export function Overview({ version, whole, selected, onOpen }: Props) {
  const { record } = recordStore.getState();
  const host = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height, ratio } = useSize(canvas);
  const colours = useColours(canvas);
  const control = useTimeWindow(whole);
  const { window } = control;
  const cursor = useStore(playbackStore, ({ at }) => at);
  const [hovered, setHovered] = useState<number | null>(null);
  const drag = useRef<{ x: number; far: boolean; spans: boolean } | null>(null);
  /** What is being spanned to be looked at, in px. */
  const [span, setSpan] = useState<{ readonly from: number; readonly to: number } | null>(null);
  const id = useId();

  const layout = useMemo(() => {
    const now = pageNow();
    const rows = groupByTree(record, rowsWithin(record, window, now));
    return layoutOverview(window, rows, stateBands(record), Math.max(1, width), Math.max(1, height));
    // The record is changed in place; its version says when.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [record, window, width, height, version]);

  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!canvas.current || !context || !colours || width === 0) return;
    canvas.current.width = Math.round(width * ratio);
    canvas.current.height = Math.round(height * ratio);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    paintOverview({
      context,
      colours,
      layout,
      record,
      now: Math.min(pageNow(), Math.max(whole.to, window.to)),
      selected,
      cursor,
      origin: whole.from,
      read: (seq) => readExchange(record, seq),
      laneName: (peer) => (peer === observerId ? "nats-server" : nameOf(peer)),
      words: (seq) => rowWords(record, seq),
    });
  }, [layout, colours, record, width, height, ratio, whole, window, selected, cursor]);

  useWheel(canvas, (event) => {
    const x = event.clientX - (canvas.current?.getBoundingClientRect().left ?? 0);
    const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey;
    if (sideways) control.pan((event.deltaX || event.deltaY) / Math.max(1, width));
    else control.zoom(Math.exp(Math.max(-1, Math.min(1, event.deltaY / 240))), layout.at(x));
  });

  const choose = (seq: number | undefined): void => {
    if (seq === undefined) return;
    select({ kind: "exchange", seq });
    const { from, to } = rowTimes(record, seq, emptyRow());
    control.show(from, Math.min(to, pageNow()));
  };
  const place = (event: PointerEvent): { x: number; y: number } => {
    const bounds = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - bounds.left, y: event.clientY - bounds.top };
  };
  const release = (event: PointerEvent): void => {
    const from = drag.current;
    drag.current = null;
    setSpan(null);
    const { x, y } = place(event);
    if (from?.far && from.spans) control.fit(layout.at(Math.min(from.x, x)), layout.at(Math.max(from.x, x)));
    if (!from || from.far) return;
    if (y < AXIS_PX) return pauseAt(layout.at(x));
    const seq = layout.rowAt(y);
    if (seq !== undefined) select({ kind: "exchange", seq });
  };
  const move = (event: PointerEvent): void => {
    const from = drag.current;
    const { x, y } = place(event);
    if (!from) return setHovered(layout.rowAt(y) ?? null);
    if (!from.far && Math.abs(x - from.x) < STILL_PX) return;
    if (from.spans) {
      from.far = true;
      return setSpan({ from: Math.min(from.x, x), to: Math.max(from.x, x) });
    }
    control.pan((from.x - x) / Math.max(1, width));
    drag.current = { x, far: true, spans: false };
  };
  /** The selected exchange, the other attempts of its call, and what their handlers asked. */
  const zoomToSelection = (): void => {
    if (selected === null) return;
    const times = relatedExchanges(record, selected).map(({ seq }) => rowTimes(record, seq, emptyRow()));
    if (times.length === 0) return;
    const now = pageNow();
    control.fit(
      Math.min(...times.map(({ from }) => from)),
      Math.max(...times.map(({ to }) => Math.min(to, now))),
    );
  };

  const index = selected === null ? -1 : layout.rows.indexOf(selected);
  const step = (by: number): void => {
    const { rows } = layout;
    const next = index < 0 ? (by > 0 ? 0 : rows.length - 1) : index + by;
    choose(rows[Math.max(0, Math.min(rows.length - 1, next))]);
  };
  const press = (event: KeyboardEvent): void => {
    const keys: Readonly<Record<string, () => void>> = {
      ArrowDown: () => step(1),
      ArrowUp: () => step(-1),
      PageDown: () => step(10),
      PageUp: () => step(-10),
      Home: () => choose(layout.rows[0]),
      End: () => choose(layout.rows.at(-1)),
      ArrowLeft: () => control.pan(-0.2),
      ArrowRight: () => control.pan(0.2),
      "+": () => control.zoom(0.5),
      "=": () => control.zoom(0.5),
      "-": () => control.zoom(2),
      "0": control.showAll,
      z: zoomToSelection,
      n: () => choose(nextFailure(record, selected, 1)),
      p: () => choose(nextFailure(record, selected, -1)),
      Enter: onOpen,
    };
    const act = event.altKey || event.ctrlKey || event.metaKey ? undefined : keys[latinKey(event)];
    if (!act) return;
    act();
    event.preventDefault();
    // The page has keys of its own for some of these.
    event.stopPropagation();
  };

  const described = hovered ?? selected;
  const option = index >= 0 ? index : 0;
  const optionSeq = layout.rows[option];
  return (
    <div ref={host} className="timeline-overview" role="group" aria-label="Overview">
      <OverviewTools
        picture={host}
        control={control}
        onZoomToSelection={selected === null ? null : zoomToSelection}
        failure={{
          next: nextFailure(record, selected, 1),
          previous: nextFailure(record, selected, -1),
          choose,
        }}
      />
      <Minimap
        whole={whole}
        window={window}
        version={version}
        cursor={cursor}
        onLook={control.center}
        onFailure={choose}
      />
      <div
        className="timeline-rows"
        role="listbox"
        aria-label="Exchanges over time"
        aria-activedescendant={index >= 0 ? `${id}-option` : undefined}
        tabIndex={0}
        onKeyDown={press}
        onDoubleClick={onOpen}
      >
        <canvas
          ref={canvas}
          aria-hidden="true"
          onPointerDown={(event) => {
            if (event.button !== 0) return;
            event.currentTarget.setPointerCapture(event.pointerId);
            drag.current = { x: place(event).x, far: false, spans: event.shiftKey };
          }}
          onPointerMove={move}
          onPointerUp={release}
          onPointerCancel={() => {
            drag.current = null;
            setSpan(null);
          }}
          onPointerLeave={() => setHovered(null)}
        />
        {span && <div className="timeline-span" style={{ left: span.from, width: span.to - span.from }} />}
        {/* Rows are drawn, thousands of them; the one that the keyboard is on is there for a screen reader. */}
        {optionSeq !== undefined && (
          <div
            id={`${id}-option`}
            className="visually-hidden"
            role="option"
            aria-selected={index >= 0}
            aria-setsize={layout.rows.length}
            aria-posinset={option + 1}
            data-seq={optionSeq}
          >
            {rowWords(record, optionSeq)}
          </div>
        )}
      </div>
      <p className="timeline-told mono">
        {described === null
          ? `${formatCount(layout.rows.length)} in sight; click a row, drag to move, scroll or Shift and drag to zoom`
          : rowWords(record, described)}
      </p>
    </div>
  );
}

/** What there is to look at, or null. */
export const spanOf = (): TimeWindow | null => wholeSpan(recordStore.getState().record, pageNow());
