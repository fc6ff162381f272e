import { useEffect, useRef } from "react";
import type { Instant } from "../../domain/events.ts";
import { overviewOf, roughOverview } from "../../domain/overview.ts";
import { recordStore } from "../../stores/recordStore.ts";
import { replayIndex } from "../../stores/shownRecord.ts";

interface Props {
  readonly from: Instant;
  readonly to: Instant;
  readonly live: boolean;
}

/** A part of the stretch for so many px. */
const PART_PX = 3;

/** How busy it was when, and where failures are. */
export function Overview({ from, to, live }: Props) {
  const ref = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const canvas = ref.current;
    const context = canvas?.getContext("2d");
    if (!canvas || !context) return;
    const draw = (): void => {
      const { clientWidth: width, clientHeight: height } = canvas;
      const ratio = window.devicePixelRatio;
      Object.assign(canvas, { width: Math.round(width * ratio), height: Math.round(height * ratio) });
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      if (to <= from || width === 0) return;
      const parts = Math.max(1, Math.floor(width / PART_PX));
      const { record } = recordStore.getState();
      const { activity, failures } = live
        ? roughOverview(record, from, to, parts)
        : overviewOf(record, replayIndex(), from, to, parts);
      const style = getComputedStyle(canvas);
      // A few events beside thousands are still to be seen.
      const most = Math.log1p(Math.max(...activity));
      for (let part = 0; part < parts; part++) {
        const count = activity[part] ?? 0;
        if (count === 0) continue;
        const left = (part * width) / parts;
        const tall = Math.max(1.5, (Math.log1p(count) / most) * (height - 1));
        context.fillStyle = style.getPropertyValue("--rule-strong");
        context.fillRect(left, height - tall, width / parts - 0.5, tall);
        const failed = failures[part] ?? 0;
        if (failed === 0) continue;
        const share = Math.max(3, Math.min(tall, (failed * 4 * tall) / count));
        context.fillStyle = style.getPropertyValue("--error");
        context.fillRect(left, height - share, width / parts - 0.5, share);
      }
    };
    draw();
    const size = new ResizeObserver(draw);
    size.observe(canvas);
    return () => size.disconnect();
  }, [from, to, live]);
  return <canvas ref={ref} className="transport-overview" aria-hidden="true" />;
}
