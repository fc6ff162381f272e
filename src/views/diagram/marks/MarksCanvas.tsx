import { drawEarlyMs, drawEveryMs } from "../../../domain/base/cadences.ts";
import { useStoreApi } from "@xyflow/react";
import { useEffect, useRef } from "react";
import { displayStore, drawnNow, liveCalls, updateLiveCalls } from "../../../stores/record/displayStore.ts";
import { recordStore } from "../../../stores/record/recordStore.ts";
import { selectionStore } from "../../../stores/page/selectionStore.ts";
import { playbackStore } from "../../../stores/record/playbackStore.ts";
import { shownPast, shownStore } from "../../../stores/record/shownRecord.ts";
import { isRenderingSuspended, renderingStore } from "../../../stores/record/renderingSuspended.ts";
import type { Scene } from "../layout/flow.ts";
import type { DiagramEdge, DiagramNode } from "../layout/flowTypes.ts";
import { createFrameLoop, pageFrames } from "./frameLoop.ts";
import { nodeGeometry } from "../layout/nodeGeometry.ts";
import { LabelLayout } from "./labels.ts";
import { MarkRoutes } from "./markRoutes.ts";
import { readPalette, watchTheme } from "./palette.ts";
import { paintScene, type Spot } from "./scenePainter.ts";
import { watchPixelRatio } from "../../controls/watchPixelRatio.ts";

export interface Hits {
  /** The mark at this place of the screen, or null. */
  at(clientX: number, clientY: number): Spot | null;
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
    const stillness = matchMedia("(prefers-reduced-motion: reduce)");
    let palette = readPalette(canvas);
    let width = canvas.clientWidth;
    let height = canvas.clientHeight;
    let spots: readonly Spot[] = [];
    let routes: { readonly scene: Scene; readonly moved: number; readonly made: MarkRoutes } | null = null;
    let moved = 0;
    let blank = false;
    let drawnAt = -Infinity;
    const labels = new LabelLayout();
    const geometry = nodeGeometry(() => flow.getState().nodeLookup);

    /** For how many ms it is too early to draw again; 0 or less when it is not. */
    const earlyMs = (): number => drawEarlyMs(liveCalls.every, performance.now() - drawnAt);

    const clear = (): void => {
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, canvas.width, canvas.height);
      spots = [];
    };

    const draw = (): number => {
      const past = shownPast();
      // Marks that stood there while nothing else moves would look as if they were stuck.
      if (past === null && isRenderingSuspended()) {
        clear();
        return Infinity;
      }
      const early = earlyMs();
      if (past === null && early > 0) return early;
      drawnAt = performance.now();
      const { selected } = selectionStore.getState();
      const chosenSeq = selected?.kind === "exchange" ? selected.seq : null;
      // What goes on meanwhile is followed in the past too, so that the present is there when one comes back to it.
      const now = past?.at ?? updateLiveCalls();
      if (past !== null) updateLiveCalls();
      const { drawn, failedMs } = drawnNow();
      // Connections are checked now and then, which is in the record too: no reason to clear an empty canvas.
      const nothing = past === null ? liveCalls.size === 0 : drawn.length === 0;
      if (nothing && blank) return past === null && liveCalls.every > 1 ? SAMPLING_MS : Infinity;
      blank = nothing;

      const ratio = window.devicePixelRatio;
      const pixels = { width: Math.round(width * ratio), height: Math.round(height * ratio) };
      // Setting a size also clears.
      if (canvas.width !== pixels.width || canvas.height !== pixels.height) Object.assign(canvas, pixels);
      const [x, y, zoom] = flow.getState().transform;
      clear();
      context.setTransform(ratio * zoom, 0, 0, ratio * zoom, ratio * x, ratio * y);

      const current = latest.current.scene;
      if (routes?.scene !== current || routes.moved !== moved) {
        routes = { scene: current, moved, made: new MarkRoutes(current, geometry) };
      }
      const painting = paintScene(
        // Far out, marks stay large enough to tell their shapes apart.
        { context, palette, scale: Math.max(1, 0.85 / zoom) },
        {
          drawn,
          now,
          routes: routes.made,
          geometry,
          chosenSeq,
          labels,
          failedMs,
          still: stillness.matches,
        },
      );
      spots = painting.spots;
      // The past moves when its clock does.
      if (past !== null) return Infinity;
      // A little later than it may: most often the record changes first, and is drawn in the same frame.
      const paced = Math.max(painting.nextInMs, drawEveryMs(liveCalls.every));
      return liveCalls.every > 1 ? Math.min(paced, SAMPLING_MS) : painting.nextInMs;
    };

    const loop = createFrameLoop(pageFrames, draw);
    latest.current.wake = loop.wake;
    const onRecord = (): void => {
      if (liveCalls.every === 1 || shownPast() !== null) loop.wake();
      else if (earlyMs() <= 0) loop.now();
    };
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
      watchPixelRatio(() => {
        // An empty canvas need not be drawn again, a blurred one has to.
        blank = false;
        loop.wake();
      }),
      recordStore.subscribe(onRecord),
      // Whose a request is may only be sure when nothing more has been recorded for a while.
      displayStore.subscribe(onRecord),
      shownStore.subscribe(onRecord),
      playbackStore.subscribe(loop.wake),
      renderingStore.subscribe(loop.wake),
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
        let nearest: Spot | null = null;
        let distance = REACH_PX;
        for (const spot of spots) {
          const dx = bounds.left + x + spot.x * zoom - clientX;
          const dy = bounds.top + y + spot.y * zoom - clientY;
          const away = Math.hypot(dx, dy);
          if (away >= distance) continue;
          distance = away;
          nearest = spot;
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
