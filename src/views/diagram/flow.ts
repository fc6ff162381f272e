import type { Box, Layout, Outsiders } from "./layout.ts";
import { boundsOf, nodeId, requesterSize } from "./layout.ts";
import { PORT, type DiagramEdge, type DiagramNode } from "./flowTypes.ts";
import { FRAME, type Density } from "./measures.ts";
import type { Point } from "./route.ts";
import { shortNames, type Answerer, type Asker, type Topology } from "./topology.ts";

export interface Scene {
  readonly askers: readonly Asker[];
  readonly answerers: readonly Answerer[];
  readonly topology: Topology;
  readonly outside: Outsiders;
  readonly layout: Layout;
}

/** Where nodes stand now: where a person put them, and else where the layout does. Frames follow their members. */
export function placesOf(
  { topology, layout }: Scene,
  moved: ReadonlyMap<string, Point>,
): ReadonlyMap<string, Box> {
  const places = new Map<string, Box>();
  for (const [id, box] of layout.boxes) places.set(id, { ...box, ...moved.get(id) });
  for (const { id, members } of topology.groups) {
    const ids = members.map(nodeId.responder);
    if (!ids.some((member) => moved.has(member))) continue;
    const inner = boundsOf(ids.flatMap((member) => places.get(member) ?? []));
    places.set(id, {
      x: inner.x - FRAME.padding,
      y: inner.y - FRAME.header,
      width: inner.width + 2 * FRAME.padding,
      height: inner.height + FRAME.header + FRAME.padding,
    });
  }
  return places;
}

/** The nodes to draw, frames first so that they lie below their members. */
export function nodesOf(scene: Scene, places: ReadonlyMap<string, Box>): DiagramNode[] {
  const { askers, answerers, topology, outside, layout } = scene;
  const { direction, density } = layout;
  const nodes: DiagramNode[] = [];
  const placed = (id: string) => {
    const { x, y, width, height } = places.get(id) ?? { x: 0, y: 0, width: 0, height: 0 };
    return { id, position: { x, y }, width, height };
  };
  const names = new Map(answerers.map(({ id, name }) => [id, name]));
  const short = new Map<number, string>();
  for (const { id, queue, members } of topology.groups) {
    const { prefix, rest } = shortNames(members.map((member) => names.get(member) ?? ""));
    members.forEach((member, index) => short.set(member, rest[index] ?? ""));
    nodes.push({
      ...placed(id),
      type: "queueGroup",
      zIndex: -1,
      data: { queue, members: members.length, direction, prefix: density === "tile" ? prefix : "" },
    });
  }
  const small = requesterSize(askers.length).height < 80 || (direction === "tall" && askers.length > 1);
  for (const { id } of askers) {
    nodes.push({ ...placed(nodeId.requester(id)), type: "requester", data: { peer: id, direction, small } });
  }
  nodes.push({ ...placed(nodeId.server), type: "server", data: { rows: topology.rows, direction } });
  for (const { id } of answerers) {
    nodes.push({
      ...placed(nodeId.responder(id)),
      type: "responder",
      data: { peer: id, direction, density, short: short.get(id) ?? "" },
    });
  }
  if (places.has(nodeId.nobodyAsks)) {
    nodes.push({ ...placed(nodeId.nobodyAsks), type: "vacancy", data: { role: "asks" } });
  }
  if (places.has(nodeId.nobodyAnswers)) {
    nodes.push({ ...placed(nodeId.nobodyAnswers), type: "vacancy", data: { role: "answers" } });
  }
  if (outside.asks) {
    nodes.push({ ...placed(nodeId.outsideAsking), type: "outside", data: { role: "asks", direction } });
  }
  if (outside.answers) {
    nodes.push({ ...placed(nodeId.outsideAnswering), type: "outside", data: { role: "answers", direction } });
  }
  return nodes;
}

/** The lines to draw: each requester to its subject and from the inboxes back, each subject to those who answer on it. */
export function edgesOf({ askers, answerers, topology, outside, layout: { density } }: Scene): DiagramEdge[] {
  const edges: DiagramEdge[] = [];
  const lane = (source: string, from: string, target: string, to: string, live: boolean): void => {
    edges.push({
      id: `${source}/${from}>${target}/${to}`,
      type: "lane",
      source,
      sourceHandle: from,
      target,
      targetHandle: to,
      data: { live },
      // Lines say nothing that the words of the nodes do not.
      domAttributes: { "aria-hidden": true },
    });
  };
  for (const { id } of askers) {
    const row = topology.asks.get(id);
    if (row === undefined) continue;
    lane(nodeId.requester(id), PORT.out, nodeId.server, PORT.entry(row), true);
    lane(nodeId.server, PORT.repliesOut, nodeId.requester(id), PORT.inbox, true);
  }
  if (outside.asks) {
    lane(nodeId.outsideAsking, PORT.out, nodeId.server, PORT.entry(0), true);
    lane(nodeId.server, PORT.repliesOut, nodeId.outsideAsking, PORT.inbox, true);
  }
  const subscribed = new Map(answerers.map((each) => [each.id, each.subscribed]));
  for (const group of topology.groups) {
    const exit = PORT.exit(group.row);
    if (linesToEach(density)) {
      for (const member of group.members) {
        lane(nodeId.server, exit, nodeId.responder(member), PORT.answer, subscribed.get(member) ?? false);
      }
    } else {
      const live = group.members.some((member) => subscribed.get(member));
      lane(nodeId.server, exit, group.id, PORT.answer, live);
    }
  }
  if (outside.answers) lane(nodeId.server, PORT.repliesIn, nodeId.outsideAnswering, PORT.answer, true);
  return edges;
}

/** Few responders get a line each; many share the one to their frame, which keeps them apart from a tangle. */
export const linesToEach = (density: Density): boolean => density === "card";
