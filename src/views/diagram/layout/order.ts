import type { PeerId } from "../../../domain/events/events.ts";
import { nodeId, type Outsiders } from "./places.ts";
import type { Topology } from "./topology.ts";

/**
 * In which order nodes stand in a column, so that lines to the rows of the server cross only where they must: each at the height
 * of the rows that it has to do with.
 */
function byRows<T extends { readonly rows: readonly number[] }>(items: readonly T[]): T[] {
  const middle = ({ rows }: T): number => rows.reduce((sum, row) => sum + row, 0) / Math.max(1, rows.length);
  return items.toSorted((a, b) => middle(a) - middle(b));
}

/** Who asks, by node: requesters, and programs outside the page. */
export function askingOrder(
  { asks }: Topology,
  requesters: readonly PeerId[],
  outside: Outsiders,
): readonly string[] {
  const items = requesters.map((id) => ({ id: nodeId.requester(id), rows: [asks.get(id) ?? 0] }));
  if (outside.asks) items.push({ id: nodeId.outsideAsking, rows: [0] });
  return byRows(items).map(({ id }) => id);
}

/** Who answers, by node: frames of responders, and programs outside the page. */
export function answeringOrder({ groups, asks }: Topology, outside: Outsiders): readonly string[] {
  const items = groups.map(({ id, row }) => ({ id, rows: [row] }));
  if (outside.answers) items.push({ id: nodeId.outsideAnswering, rows: [...new Set(asks.values())] });
  return byRows(items).map(({ id }) => id);
}
