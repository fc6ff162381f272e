import {
  ReactFlow,
  ReactFlowProvider,
  useStore as useFlowStore,
  type EdgeTypes,
  type NodeChange,
  type NodeTypes,
} from "@xyflow/react";
import "@xyflow/react/dist/base.css";
import { useCallback, useMemo, useRef, useState, type MouseEvent } from "react";
import { LiveCaption } from "../record/LiveCaption.tsx";
import { shownRecord } from "../../stores/record/shownRecord.ts";
import { select } from "../../stores/page/selectionStore.ts";
import "./diagram.css";
import { OnTheWire } from "./OnTheWire.tsx";
import { DiagramTools } from "./DiagramTools.tsx";
import { LEAST_ZOOM } from "./layout/fit.ts";
import { edgesOf, nodesOf, placesOf } from "./layout/flow.ts";
import type { DiagramEdge, DiagramNode } from "./layout/flowTypes.ts";
import { GroupNode } from "./nodes/GroupNode.tsx";
import { roomFor } from "./layout/layout.ts";
import { Lane } from "./nodes/Lane.tsx";
import { Legend } from "./Legend.tsx";
import { MarksCanvas, type Hits } from "./marks/MarksCanvas.tsx";
import { moveNodes, type Moved } from "./layout/moveNodes.ts";
import { OutsideNode } from "./nodes/OutsideNode.tsx";
import { RequesterNode } from "./nodes/RequesterNode.tsx";
import { ResponderNode } from "./nodes/ResponderNode.tsx";
import { SampledNote } from "./SampledNote.tsx";
import { ServerNode } from "./nodes/ServerNode.tsx";
import { useFit } from "./layout/useFit.ts";
import { useChosenWay } from "./useChosenWay.ts";
import { useScene } from "./useScene.ts";
import { VacancyNode } from "./nodes/VacancyNode.tsx";
import { frameNumberOf } from "../../domain/timeline/sequence.ts";

const NODE_TYPES: NodeTypes = {
  requester: RequesterNode,
  server: ServerNode,
  responder: ResponderNode,
  queueGroup: GroupNode,
  outside: OutsideNode,
  vacancy: VacancyNode,
};
const EDGE_TYPES: EdgeTypes = { lane: Lane };
const NOTHING_MOVED: Moved = new Map();
/** Until the diagram was measured once. */
const ROOM_UNKNOWN = roomFor(800, 500);

/** So many px hold the legend in one line. */
const LEGEND_LINE = 662;

/** Traffic between requesters, the server and responders: what happens now, or what was recorded. */
export function Diagram() {
  return (
    <section className="diagram" aria-label="Diagram" translate="no">
      <ReactFlowProvider>
        <Flow />
      </ReactFlowProvider>
    </section>
  );
}

function Flow() {
  const width = useFlowStore((state) => state.width);
  const height = useFlowStore((state) => state.height);
  const room = width === 0 ? ROOM_UNKNOWN : roomFor(width, height);
  const scene = useScene(room);
  const { direction } = scene.layout;
  const [kept, setKept] = useState({ direction, moved: NOTHING_MOVED });
  // Where things stood above each other says nothing about where they should stand beside each other.
  const moved = kept.direction === direction ? kept.moved : NOTHING_MOVED;
  const places = useMemo(() => placesOf(scene, moved), [scene, moved]);
  const way = useChosenWay(scene);
  const chosenRow = way.row === -1 ? null : way.row;
  const nodes = useMemo(() => nodesOf(scene, places, chosenRow), [scene, places, chosenRow]);
  const edges = useMemo(() => edgesOf(scene, way.lanes), [scene, way]);
  const { fit, viewMoved } = useFit(places);
  const hits = useRef<Hits | null>(null);
  const keepHits = useCallback((now: Hits | null) => {
    hits.current = now;
  }, []);
  const host = useRef<HTMLDivElement>(null);

  const onNodesChange = useCallback(
    (changes: NodeChange<DiagramNode>[]) =>
      setKept((before) => {
        const from = before.direction === direction ? before.moved : NOTHING_MOVED;
        const to = moveNodes(scene, from, changes);
        return to === from ? before : { direction, moved: to };
      }),
    [scene, direction],
  );
  const chooseMark = (event: MouseEvent): void => {
    // A click that a key makes has no place; it means the button it is on.
    const spot = event.detail === 0 ? null : (hits.current?.at(event.clientX, event.clientY) ?? null);
    if (spot === null) return;
    event.stopPropagation();
    const frame = frameNumberOf(shownRecord(), spot.seq, spot.line);
    select({ kind: "exchange", seq: spot.seq, ...(frame !== null && { frame }) });
  };
  const showHit = (event: MouseEvent): void => {
    const hit = event.buttons === 0 && (hits.current?.at(event.clientX, event.clientY) ?? null) !== null;
    host.current?.toggleAttribute("data-hit", hit);
  };

  return (
    <>
      <div
        ref={host}
        className="diagram-flow"
        data-direction={direction}
        onClickCapture={chooseMark}
        onMouseMove={showHit}
      >
        <ReactFlow<DiagramNode, DiagramEdge>
          nodes={nodes}
          edges={edges}
          nodeTypes={NODE_TYPES}
          edgeTypes={EDGE_TYPES}
          onNodesChange={onNodesChange}
          onMoveStart={(event) => viewMoved(event !== null)}
          onNodeDragStart={() => viewMoved(true)}
          onPaneClick={() => select(null)}
          minZoom={LEAST_ZOOM}
          maxZoom={2.5}
          nodeDragThreshold={4}
          nodesConnectable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          zoomOnDoubleClick={false}
          deleteKeyCode={null}
          selectionKeyCode={null}
          multiSelectionKeyCode={null}
          panActivationKeyCode={null}
          zoomActivationKeyCode={null}
          disableKeyboardA11y
        >
          <MarksCanvas scene={scene} onHits={keepHits} />
        </ReactFlow>
      </div>
      <div className="diagram-over">
        <div className="diagram-told">
          <SampledNote />
          <LiveCaption className="diagram-caption" />
        </div>
        <DiagramTools
          picture={host}
          onFit={fit}
          onTidy={() => {
            setKept({ direction, moved: NOTHING_MOVED });
            fit();
          }}
        />
      </div>
      <OnTheWire />
      <Legend roomy={direction === "wide" && width >= LEGEND_LINE} />
    </>
  );
}
