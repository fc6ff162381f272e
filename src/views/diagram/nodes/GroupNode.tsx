import type { NodeProps } from "@xyflow/react";
import { memo } from "react";
import type { GroupNodeType } from "../layout/flowTypes.ts";
import { NodePorts } from "./NodePorts.tsx";

/** A frame around the members of a queue group, or around responders that each get every request. */
export const GroupNode = memo(function GroupNode({ data }: NodeProps<GroupNodeType>) {
  const { queue, members, ports, prefix, heading } = data;
  return (
    <div
      className="diagram-group"
      role="group"
      aria-label={queue === null ? "no queue group" : `queue group ${queue}`}
      data-queue={queue !== null}
      data-heading={heading}
    >
      <span className="diagram-group-head">
        {queue === null ? (
          <span>
            {members > 1 && heading !== "before" ? "no queue group: each gets all" : "no queue group"}
          </span>
        ) : (
          <>
            {heading !== "before" && <span>queue group </span>}
            <span className="diagram-group-name" title={queue}>
              {queue}
            </span>
          </>
        )}
        {prefix !== "" && <span className="diagram-group-prefix">{prefix}…</span>}
      </span>
      <NodePorts ports={ports} />
    </div>
  );
});
