import type { NodeProps } from "@xyflow/react";
import { memo } from "react";
import { PORT, type OutsideNodeType } from "./flowTypes.ts";
import { NodePort } from "./NodePort.tsx";

/** Programs that are not in this page and take part all the same. */
export const OutsideNode = memo(function OutsideNode({
  data: { role, direction },
}: NodeProps<OutsideNodeType>) {
  const wide = direction === "wide";
  return (
    <div className="diagram-node diagram-outside">
      <span className="diagram-node-head">
        <span className="diagram-outside-name">outside</span>
      </span>
      <span className="diagram-node-words">
        {role === "asks" ? "programs elsewhere that ask" : "programs elsewhere that answer"}
      </span>
      {role === "asks" ? (
        <>
          <NodePort id={PORT.out} type="source" side={wide ? "right" : "bottom"} at={20} />
          <NodePort id={PORT.inbox} type="target" side={wide ? "right" : "bottom"} atEnd={20} />
        </>
      ) : (
        <NodePort id={PORT.answer} type="target" side={wide ? "left" : "top"} />
      )}
    </div>
  );
});
