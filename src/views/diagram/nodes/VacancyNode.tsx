import type { NodeProps } from "@xyflow/react";
import { memo } from "react";
import type { VacancyNodeType } from "../layout/flowTypes.ts";

/** Says who is missing, in the place where they will stand. */
export const VacancyNode = memo(function VacancyNode({ data: { role } }: NodeProps<VacancyNodeType>) {
  return (
    <div className="diagram-vacancy">
      {role === "asks" ? "Nobody asks: add a requester" : "Nobody answers: add a responder"}
    </div>
  );
});
