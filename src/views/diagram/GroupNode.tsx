import type { NodeProps } from "@xyflow/react";
import { memo } from "react";
import { PORT, type GroupNodeType } from "./flowTypes.ts";
import { NodePort } from "./NodePort.tsx";

/** A frame around the members of a queue group, or around responders that each get every request. */
export const GroupNode = memo(function GroupNode({ data }: NodeProps<GroupNodeType>) {
  const { queue, members, direction, prefix } = data;
  return (
    <div className="diagram-group" data-queue={queue !== null}>
      <span className="diagram-group-head">
        {queue === null ? (
          <span>{members > 1 ? "no queue group: all get it" : "no queue group"}</span>
        ) : (
          <>
            <span>queue group</span> <span className="diagram-group-name">{queue}</span>
          </>
        )}
        {prefix !== "" && <span className="diagram-group-prefix">{prefix}…</span>}
      </span>
      <NodePort id={PORT.answer} type="target" side={direction === "wide" ? "left" : "top"} />
    </div>
  );
});
