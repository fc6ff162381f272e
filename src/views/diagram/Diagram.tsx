import {
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStore as useFlowStore,
  type EdgeTypes,
  type NodeChange,
  type NodeTypes,
} from "@xyflow/react";
import "@xyflow/react/dist/base.css";
import { useCallback, useEffect, useMemo, useRef, useState, type MouseEvent } from "react";
import { select } from "../../stores/selectionStore.ts";
import "./diagram.css";
import { DiagramTools } from "./DiagramTools.tsx";
import { directionFor, edgesOf, nodesOf, placesOf, type Scene } from "./flow.ts";
import type { DiagramEdge, DiagramNode } from "./flowTypes.ts";
import { GroupNode } from "./GroupNode.tsx";
import { Lane } from "./Lane.tsx";
import { Legend } from "./Legend.tsx";
import { MarksCanvas, type Hits } from "./MarksCanvas.tsx";
import { moveNodes, type Moved } from "./moveNodes.ts";
import { OutsideNode } from "./OutsideNode.tsx";
import { RequesterNode } from "./RequesterNode.tsx";
import { ResponderNode } from "./ResponderNode.tsx";
import { SampledNote } from "./SampledNote.tsx";
import { ServerNode } from "./ServerNode.tsx";
import { useScene } from "./useScene.ts";

const NODE_TYPES: NodeTypes = {
  requester: RequesterNode,
  server: ServerNode,
  responder: ResponderNode,
  group: GroupNode,
  outside: OutsideNode,
};
const EDGE_TYPES: EdgeTypes = { lane: Lane };
const NOTHING_MOVED: Moved = new Map();

/** Live traffic between requesters, the server and responders. */
export function Diagram() {
  return (
    <section className="diagram" aria-label="Diagram">
      <ReactFlowProvider>
        <Flow />
      </ReactFlowProvider>
    </section>
  );
}

function Flow() {
  const direction = useFlowStore(({ width }) => (width === 0 ? "wide" : directionFor(width)));
  const scene = useScene(direction);
  const [kept, setKept] = useState({ direction, moved: NOTHING_MOVED });
  // Where things stood above each other says nothing about where they should stand beside each other.
  const moved = kept.direction === direction ? kept.moved : NOTHING_MOVED;
  const places = useMemo(() => placesOf(scene, moved), [scene, moved]);
  const nodes = useMemo(() => nodesOf(scene, places), [scene, places]);
  const edges = useMemo(() => edgesOf(scene), [scene]);
  const { fit, viewMoved } = useFit(scene);
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
    const seq = event.detail === 0 ? null : (hits.current?.at(event.clientX, event.clientY) ?? null);
    if (seq === null) return;
    event.stopPropagation();
    select({ kind: "exchange", seq });
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
          onPaneClick={() => select(null)}
          minZoom={0.25}
          maxZoom={2.5}
          nodeDragThreshold={4}
          nodesConnectable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          panOnDrag={direction === "wide"}
          preventScrolling={direction === "wide"}
          zoomOnScroll={direction === "wide"}
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
        <SampledNote />
        <DiagramTools
          onFit={fit}
          onTidy={() => {
            setKept({ direction, moved: NOTHING_MOVED });
            fit();
          }}
        />
      </div>
      <Legend />
    </>
  );
}

/** Keeps everything in view while who takes part changes, until a person moves the view. */
function useFit(scene: Scene): { fit: () => void; viewMoved: (byPerson: boolean) => void } {
  const { fitView } = useReactFlow();
  const own = useRef(false);
  const width = useFlowStore((state) => state.width);
  const height = useFlowStore((state) => state.height);
  const show = useCallback(() => {
    void fitView({ padding: PADDING, maxZoom: MOST_ZOOM, minZoom: 0.25 });
  }, [fitView]);
  const everybody = [...scene.layout.boxes.keys()].join();
  const size = scene.topology.rows.length;
  useEffect(() => {
    if (!own.current) show();
  }, [show, everybody, size, scene.layout.direction, width, height]);
  return {
    fit: useCallback(() => {
      own.current = false;
      // After React has put the nodes where they go.
      requestAnimationFrame(show);
    }, [show]),
    viewMoved: useCallback((byPerson: boolean) => {
      if (byPerson) own.current = true;
    }, []),
  };
}

const PADDING = { top: "26px", right: "26px", bottom: "44px", left: "26px" } as const;
/** Larger is no easier to read, but for somebody at the back of a room. */
const MOST_ZOOM = 1.5;
