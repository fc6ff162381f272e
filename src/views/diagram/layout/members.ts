import { nodeId, type Box } from "./places.ts";
import type { FrameInsets, Size } from "./measures.ts";
import type { ResponderGroup } from "./topology.ts";

/** Puts the members of a frame into it, in rows. */
export function placeMembers(
  boxes: Map<string, Box>,
  { id, members }: ResponderGroup,
  columns: number,
  { width, height, gap }: Size & { readonly gap: number },
  { left, top }: FrameInsets,
): void {
  const frame = boxes.get(id);
  if (!frame) return;
  members.forEach((member, index) => {
    boxes.set(nodeId.responder(member), {
      x: frame.x + left + (index % columns) * (width + gap),
      y: frame.y + top + Math.floor(index / columns) * (height + gap),
      width,
      height,
    });
  });
}
