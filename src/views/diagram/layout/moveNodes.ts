import type { NodeChange } from "@xyflow/react";
import { placesOf, type Scene } from "./flow.ts";
import type { DiagramNode } from "./flowTypes.ts";
import { nodeId } from "./places.ts";
import type { Point } from "./route.ts";

/** Where a person put nodes, by their ids. A frame has no place of its own: it goes where its members go. */
export type Moved = ReadonlyMap<string, Point>;

/** Takes in what a person dragged. */
export function moveNodes(scene: Scene, before: Moved, changes: readonly NodeChange<DiagramNode>[]): Moved {
  let after: Map<string, Point> | null = null;
  for (const change of changes) {
    if (change.type !== "position" || !change.position) continue;
    after ??= new Map(before);
    const to = change.position;
    const group = scene.topology.groups.find(({ id }) => id === change.id);
    if (!group) {
      after.set(change.id, to);
      continue;
    }
    const places = placesOf(scene, before);
    const frame = places.get(group.id);
    if (!frame) continue;
    for (const member of group.members) {
      const place = places.get(nodeId.responder(member));
      if (!place) continue;
      after.set(nodeId.responder(member), {
        x: place.x + to.x - frame.x,
        y: place.y + to.y - frame.y,
      });
    }
  }
  return after ?? before;
}
