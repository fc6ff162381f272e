import { useStoreApi } from "@xyflow/react";
import { useEffect, useRef } from "react";
import { pageNow } from "../../stores/clock.ts";
import { recordStore } from "../../stores/recordStore.ts";
import { selectionStore } from "../../stores/selectionStore.ts";
import { ActiveFlights } from "./activeFlights.ts";
import type { Scene } from "./flow.ts";
import type { DiagramEdge, DiagramNode } from "./flowTypes.ts";
import { createFrameLoop, pageFrames } from "./frameLoop.ts";
import { noteInbox } from "./inboxesStore.ts";
import { nodeGeometry } from "./nodeGeometry.ts";
import { MarkRoutes } from "./markRoutes.ts";
import { forgetOutsiders, noteOutsider } from "./outsidersStore.ts";
import { readPalette, watchTheme } from "./palette.ts";
import { noteSampled } from "./sampledStore.ts";
import { paintScene, type Spot } from "./scenePainter.ts";

export interface Hits {
  /** The exchange whose mark is at this place of the screen, or null. */
  at(clientX: number, clientY: number): number | null;
}

interface Props {
  readonly scene: Scene;
  /** Told while the canvas is there, for whoever wants to know what a person points at. Stays the same function. */
  readonly onHits: (hits: Hits | null) => void;
}

/** How near a click has to be, in px on the screen: marks move and fingers are wide. */
const REACH_PX = 13;
/** That everything is drawn again is only found out by looking. */
const SAMPLING_MS = 500;

/** One canvas above the nodes, with one frame loop. Nothing of React takes part in drawing a frame. */
export function MarksCanvas({ scene, onHits }: Props) {
  const ref = useRef<HTMLCanvasElement>(null);
  const flow = useStoreApi<DiagramNode, DiagramEdge>();
  const latest = useRef({ scene, wake: () => {} });

  useEffect(() => {
    latest.current.scene = scene;
    latest.current.wake();
  }, [scene]);

  useEffect(() => {
    const canvas = ref.current;
    const context = canvas?.getContext("2d");
    if (!canvas || !context) return;
    const flights = new ActiveFlights({
      inbox: noteInbox,
      outsider: noteOutsider,
      emptied: forgetOutsiders,
    });
    const stillness = matchMedia("(prefers-reduced-motion: reduce)");
    let palette = readPalette(canvas);
    let width = canvas.clientWidth;
    let height = canvas.clientHeight;
    let spots: readonly Spot[] = [];
    let routes: { readonly scene: Scene; readonly moved: number; readonly made: MarkRoutes } | null = null;
    let moved = 0;
    let blank = false;
    const geometry = nodeGeometry(() => flow.getState().nodeLookup);

    const draw = (): number => {
      const now = pageNow();
      const { record } = recordStore.getState();
      flights.update(record, now);
      noteSampled(flights.every);
      // Connections are checked now and then, which is in the record too: no reason to clear an empty canvas.
      if (flights.size === 0 && blank) return flights.every > 1 ? SAMPLING_MS : Infinity;
      blank = flights.size === 0;

      const ratio = window.devicePixelRatio;
      const pixels = { width: Math.round(width * ratio), height: Math.round(height * ratio) };
      // Setting a size also clears.
      if (canvas.width !== pixels.width || canvas.height !== pixels.height) Object.assign(canvas, pixels);
      const [x, y, zoom] = flow.getState().transform;
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, canvas.width, canvas.height);
      context.setTransform(ratio * zoom, 0, 0, ratio * zoom, ratio * x, ratio * y);

      const current = latest.current.scene;
      if (routes?.scene !== current || routes.moved !== moved) {
        routes = { scene: current, moved, made: new MarkRoutes(current, geometry) };
      }
      const { selected } = selectionStore.getState();
      const painting = paintScene(
        // Far out, marks stay large enough to tell their shapes apart.
        { context, palette, scale: Math.max(1, 0.85 / zoom) },
        {
          drawn: flights.drawn(),
          now,
          routes: routes.made,
          geometry,
          chosenSeq: selected?.kind === "exchange" ? selected.seq : null,
          still: stillness.matches,
        },
      );
      spots = painting.spots;
      return flights.every > 1 ? Math.min(painting.nextInMs, SAMPLING_MS) : painting.nextInMs;
    };

    const loop = createFrameLoop(pageFrames, draw);
    latest.current.wake = loop.wake;
    const size = new ResizeObserver(() => {
      width = canvas.clientWidth;
      height = canvas.clientHeight;
      loop.wake();
    });
    size.observe(canvas);
    const recolour = (): void => {
      palette = readPalette(canvas);
      loop.wake();
    };
    const stops = [
      recordStore.subscribe(loop.wake),
      selectionStore.subscribe(loop.wake),
      flow.subscribe((state, before) => {
        if (state.nodes !== before.nodes || state.nodeLookup !== before.nodeLookup) moved++;
        loop.wake();
      }),
      watchTheme(recolour),
      () => size.disconnect(),
      loop.stop,
    ];
    stillness.addEventListener("change", loop.wake);
    onHits({
      at(clientX, clientY) {
        const bounds = canvas.getBoundingClientRect();
        const [x, y, zoom] = flow.getState().transform;
        let nearest: number | null = null;
        let distance = REACH_PX;
        for (const spot of spots) {
          const dx = bounds.left + x + spot.x * zoom - clientX;
          const dy = bounds.top + y + spot.y * zoom - clientY;
          const away = Math.hypot(dx, dy);
          if (away >= distance) continue;
          distance = away;
          nearest = spot.seq;
        }
        return nearest;
      },
    });
    loop.wake();
    return () => {
      onHits(null);
      stillness.removeEventListener("change", loop.wake);
      for (const stop of stops) stop();
    };
  }, [flow, onHits]);

  return <canvas ref={ref} className="diagram-marks" aria-hidden="true" />;
}
