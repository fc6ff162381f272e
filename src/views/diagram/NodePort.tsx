import { Handle, Position } from "@xyflow/react";
import type { CSSProperties } from "react";

interface Props {
  readonly id: string;
  readonly type: "source" | "target";
  readonly side: "left" | "right" | "top" | "bottom";
  /** How far along that side, from its left or upper end, in px. Not given: in its middle. */
  readonly at?: number;
  /** The same, from the other end. */
  readonly atEnd?: number;
}

const POSITIONS: Readonly<Record<Props["side"], Position>> = {
  left: Position.Left,
  right: Position.Right,
  top: Position.Top,
  bottom: Position.Bottom,
};

/** A place where lines meet a node. Nobody can draw a line of their own: subscriptions decide. */
export function NodePort({ id, type, side, at, atEnd }: Props) {
  const upright = side === "left" || side === "right";
  const style: CSSProperties = {};
  if (at !== undefined) style[upright ? "top" : "left"] = at;
  if (atEnd !== undefined) {
    style[upright ? "top" : "left"] = "auto";
    style[upright ? "bottom" : "right"] = atEnd;
  }
  return (
    <Handle
      className="diagram-port"
      id={id}
      type={type}
      position={POSITIONS[side]}
      isConnectable={false}
      style={style}
      aria-hidden="true"
    />
  );
}
