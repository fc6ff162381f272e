import type { NodeProps } from "@xyflow/react";
import { memo } from "react";
import type { OutsideNodeType } from "../layout/flowTypes.ts";
import { NodePorts } from "./NodePorts.tsx";

/** Programs that are not in this page and take part all the same. */
export const OutsideNode = memo(function OutsideNode({ data }: NodeProps<OutsideNodeType>) {
  const { role, ports } = data;
  return (
    <div className="diagram-node diagram-outside">
      <span className="diagram-node-head">
        <span className="diagram-outside-name">outside</span>
      </span>
      <span className="diagram-node-words">
        {role === "asks" ? "other programs that ask" : "other programs that answer"}
      </span>
      <NodePorts ports={ports} />
    </div>
  );
});
