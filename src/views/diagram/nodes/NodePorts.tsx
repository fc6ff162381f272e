import { Handle } from "@xyflow/react";
import { POSITIONS } from "../layout/nodeGeometry.ts";
import type { NodePort } from "../layout/ports.ts";

/** The places where lines meet a node. Nobody can draw a line of their own: subscriptions decide. */
export function NodePorts({ ports }: { readonly ports: readonly NodePort[] }) {
  return ports.map(({ id, type, side, x, y }) => (
    <Handle
      key={id}
      className="diagram-port"
      id={id}
      type={type}
      position={POSITIONS[side]}
      isConnectable={false}
      style={{ left: x, top: y }}
      aria-hidden="true"
    />
  ));
}
