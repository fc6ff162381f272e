import { BaseEdge, type EdgeProps } from "@xyflow/react";
import { memo } from "react";
import type { DiagramEdge } from "../layout/flowTypes.ts";
import { SIDES } from "../layout/nodeGeometry.ts";
import { curveBetween, pathOf } from "../layout/route.ts";

/** The line between two nodes: the way that marks travel. */
export const Lane = memo(function Lane(props: EdgeProps<DiagramEdge>) {
  const { sourceX, sourceY, sourcePosition, targetX, targetY, targetPosition, data } = props;
  const curve = curveBetween(
    { x: sourceX, y: sourceY, side: SIDES[sourcePosition] },
    { x: targetX, y: targetY, side: SIDES[targetPosition] },
  );
  return (
    <BaseEdge
      path={pathOf(curve)}
      className="diagram-lane"
      interactionWidth={0}
      data-live={data?.live ?? true}
      data-chosen={data?.chosen ?? false}
    />
  );
});
