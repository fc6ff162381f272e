import { useEffect, useRef } from "react";
import { overviewOf, roughOverview } from "../../domain/replay/overview.ts";
import { recordStore } from "../../stores/record/recordStore.ts";
import { replayIndex } from "../../stores/record/shownRecord.ts";
import { useColours } from "../timeline/useColours.ts";
import { useSize } from "../timeline/useSize.ts";
import type { Instant } from "../../domain/base/instant.ts";

interface Props {
  readonly from: Instant;
  readonly to: Instant;
  readonly live: boolean;
}

/** A part of the span for so many px. */
const PART_PX = 3;

/** How busy it was when, and where failures are. */
export function Overview({ from, to, live }: Props) {
  const ref = useRef<HTMLCanvasElement>(null);
  const { width, height, ratio } = useSize(ref);
  const colours = useColours(ref);
  useEffect(() => {
    const canvas = ref.current;
    const context = canvas?.getContext("2d");
    if (!canvas || !context || !colours) return;
    Object.assign(canvas, { width: Math.round(width * ratio), height: Math.round(height * ratio) });
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    if (to <= from || width === 0) return;
    const parts = Math.max(1, Math.floor(width / PART_PX));
    const { record } = recordStore.getState();
    const { activity, failures } = live
      ? roughOverview(record, from, to, parts)
      : overviewOf(record, replayIndex(), from, to, parts);
    // A few events beside thousands are still to be seen.
    const most = Math.log1p(Math.max(...activity));
    for (let part = 0; part < parts; part++) {
      const count = activity[part] ?? 0;
      if (count === 0) continue;
      const left = (part * width) / parts;
      const tall = Math.max(1.5, (Math.log1p(count) / most) * (height - 1));
      context.fillStyle = colours["--rule-strong"];
      context.fillRect(left, height - tall, width / parts - 0.5, tall);
      const failed = failures[part] ?? 0;
      if (failed === 0) continue;
      const share = Math.max(3, Math.min(tall, (failed * 4 * tall) / count));
      context.fillStyle = colours["--error"];
      context.fillRect(left, height - share, width / parts - 0.5, share);
    }
  }, [from, to, live, width, height, ratio, colours]);
  return <canvas ref={ref} className="transport-overview" aria-hidden="true" />;
}
