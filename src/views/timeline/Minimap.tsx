import { useEffect, useRef, type PointerEvent } from "react";
import { densityOf, nearestFailure } from "../../domain/timeline/overviewRows.ts";
import type { TimeWindow } from "../../domain/timeline/timeWindow.ts";
import { recordStore } from "../../stores/record/recordStore.ts";
import { useColours } from "./useColours.ts";
import { useSize } from "./useSize.ts";
import type { Instant } from "../../domain/base/instant.ts";

interface Props {
  readonly whole: TimeWindow;
  readonly window: TimeWindow;
  readonly version: number;
  readonly cursor: Instant | null;
  /** Looks at the span around an instant. */
  readonly onLook: (at: Instant) => void;
  /** Goes to an exchange that failed. */
  readonly onFailure: (seq: number) => void;
}

const COLUMN_PX = 2;
/** How near to a failure a press has to be to be meant for it, in px. */
const NEAR_PX = 5;

/** Everything that is recorded, on one line: how much began when, what of it failed, and the span that is looked at. */
export function Minimap({ whole, window, version, cursor, onLook, onFailure }: Props) {
  const ref = useRef<HTMLCanvasElement>(null);
  const { width, height, ratio } = useSize(ref);
  const colours = useColours(ref);

  useEffect(() => {
    const canvas = ref.current;
    const context = canvas?.getContext("2d");
    if (!canvas || !context || !colours || width === 0) return;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const parts = Math.max(1, Math.floor(width / COLUMN_PX));
    const { all, failed } = densityOf(recordStore.getState().record, whole, parts);
    const most = Math.max(1, ...all);
    // By its root, so that a single one is seen beside a thousand.
    const tall = (count: number): number => (count === 0 ? 0 : Math.max(2, Math.sqrt(count / most) * height));
    for (let part = 0; part < parts; part++) {
      const count = all[part] ?? 0;
      if (count === 0) continue;
      const x = (part * width) / parts;
      context.fillStyle = colours["--rule-strong"];
      context.fillRect(x, height - tall(count), COLUMN_PX, tall(count));
      context.fillStyle = colours["--error"];
      const bad = tall(failed[part] ?? 0);
      context.fillRect(x, height - bad, COLUMN_PX, bad);
    }
    const x = (at: Instant): number => ((at - whole.from) / (whole.to - whole.from)) * width;
    const left = Math.max(0, x(window.from));
    const right = Math.min(width, x(window.to));
    context.fillStyle = colours["--surface-sunken"];
    context.globalAlpha = 0.7;
    context.fillRect(0, 0, left, height);
    context.fillRect(right, 0, width - right, height);
    context.globalAlpha = 1;
    context.strokeStyle = colours["--ink-faint"];
    context.strokeRect(left + 0.5, 0.5, Math.max(3, right - left - 1), height - 1);
    if (cursor !== null) {
      context.fillStyle = colours["--focus"];
      context.fillRect(x(cursor) - 1, 0, 2, height);
    }
  }, [whole, window, version, cursor, width, height, ratio, colours]);

  const look = (event: PointerEvent<HTMLCanvasElement>): void => {
    if (event.buttons === 0) return;
    const bounds = event.currentTarget.getBoundingClientRect();
    const perPx = (whole.to - whole.from) / Math.max(1, bounds.width);
    const at = whole.from + (event.clientX - bounds.left) * perPx;
    const failure =
      event.type === "pointerdown"
        ? nearestFailure(recordStore.getState().record, at, NEAR_PX * perPx)
        : undefined;
    if (failure === undefined) onLook(at);
    else onFailure(failure);
  };
  return (
    <canvas
      ref={ref}
      className="timeline-minimap"
      aria-hidden="true"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        look(event);
      }}
      onPointerMove={look}
    />
  );
}
