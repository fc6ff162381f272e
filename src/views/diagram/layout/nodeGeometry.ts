import { Position, type InternalNode } from "@xyflow/react";
import type { DiagramNode } from "./flowTypes.ts";
import type { Port } from "./route.ts";
import type { Box } from "./places.ts";

/** React Flow's sides by the words of ours. */
export const SIDES: Readonly<Record<Position, Port["side"]>> = {
  left: "left",
  right: "right",
  top: "top",
  bottom: "bottom",
};

/** And the other way round. */
export const POSITIONS: Readonly<Record<Port["side"], Position>> = {
  left: Position.Left,
  right: Position.Right,
  top: Position.Top,
  bottom: Position.Bottom,
};

/** Places of nodes and of their ports as React Flow measured them, in the diagram's units. */
export function nodeGeometry(nodes: () => ReadonlyMap<string, InternalNode<DiagramNode>>): Geometry {
  return {
    port(id, name) {
      const internals = nodes().get(id)?.internals;
      const { source, target } = internals?.handleBounds ?? {};
      const handle = source?.find((each) => each.id === name) ?? target?.find((each) => each.id === name);
      if (!internals || !handle) return null;
      return {
        x: internals.positionAbsolute.x + handle.x + handle.width / 2,
        y: internals.positionAbsolute.y + handle.y + handle.height / 2,
        side: SIDES[handle.position],
      };
    },
    box(id) {
      const node = nodes().get(id);
      if (!node) return null;
      const { x, y } = node.internals.positionAbsolute;
      return { x, y, width: node.measured.width ?? 0, height: node.measured.height ?? 0 };
    },
  };
}

/** Where the nodes and their ports are on the canvas now; null for what is not there (yet). */
export interface Geometry {
  port(node: string, port: string): Port | null;
  box(node: string): Box | null;
}
