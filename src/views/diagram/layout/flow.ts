import type { Layout } from "./layout.ts";
import { type Box, type Outsiders, boundsOf, nodeId } from "./places.ts";
import type { PeerId } from "../../../domain/events/events.ts";
import type { DiagramEdge, DiagramNode, GroupNodeType } from "./flowTypes.ts";
import { POSITIONS } from "./nodeGeometry.ts";
import { answerPorts, PORT, requesterPorts, serverPorts, type NodePort } from "./ports.ts";
import { FOOTED, REQUESTER, STRIP, type Density, type Size } from "./measures.ts";
import type { Point } from "./route.ts";
import { shortNames, type DiagramResponder, type DiagramRequester, type Topology } from "./topology.ts";

export interface Scene {
  readonly requesters: readonly DiagramRequester[];
  readonly responders: readonly DiagramResponder[];
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
  const { left, top, right, bottom } = layout.frame;
  for (const [id, box] of layout.boxes) places.set(id, { ...box, ...moved.get(id) });
  for (const { id, members } of topology.groups) {
    const ids = members.map(nodeId.responder);
    if (!ids.some((member) => moved.has(member))) continue;
    const inner = boundsOf(ids.flatMap((member) => places.get(member) ?? []));
    places.set(id, {
      x: inner.x - left,
      y: inner.y - top,
      width: inner.width + left + right,
      height: inner.height + top + bottom,
    });
  }
  return places;
}

/** The nodes to draw, frames first so that they lie below their members. */
export function nodesOf(
  scene: Scene,
  places: ReadonlyMap<string, Box>,
  chosenRow: number | null = null,
): DiagramNode[] {
  const { requesters, responders, topology, layout } = scene;
  const { direction, density, merged, frame } = layout;
  const nodes: DiagramNode[] = [];
  const short = new Map<PeerId, string>();
  const names = new Map(responders.map(({ id, name }) => [id, name]));
  for (const { id, queue, members } of topology.groups) {
    const { prefix, rest } = shortNames(members.map((member) => names.get(member) ?? ""));
    const alone = density === "tile" && members.length === 1;
    members.forEach((member, index) =>
      short.set(member, alone ? lastPart(names.get(member) ?? "") : (rest[index] ?? "")),
    );
    const at = placed(places, id, (size) => answerPorts(size, direction));
    if (!at) continue;
    const data: GroupNodeType["data"] = {
      queue,
      members: members.length,
      prefix: density === "tile" && frame !== STRIP ? prefix : "",
      heading: frame === STRIP ? "before" : frame === FOOTED ? "below" : "above",
      ports: at.ports,
    };
    nodes.push({ ...at.node, type: "queueGroup", zIndex: -1, data });
  }
  for (const { id: peer } of requesters) {
    const at = placed(places, nodeId.requester(peer), (size) => requesterPorts(size, direction, merged));
    if (!at) continue;
    const look =
      at.node.height >= REQUESTER.height ? "full" : direction === "tall" && !merged ? "flat" : "small";
    nodes.push({ ...at.node, type: "requester", data: { peer, look, ports: at.ports } });
  }
  const { rows } = topology;
  const server = placed(places, nodeId.server, (size) => serverPorts(size, direction, rows.length));
  if (server)
    nodes.push({ ...server.node, type: "server", data: { rows, direction, chosenRow, ports: server.ports } });
  for (const { id: peer } of responders) {
    const at = placed(places, nodeId.responder(peer), (size) => answerPorts(size, direction));
    const data = { peer, density, short: short.get(peer) ?? "" };
    if (at) nodes.push({ ...at.node, type: "responder", data: { ...data, ports: at.ports } });
  }
  const asking = placed(places, nodeId.outsideAsking, (size) => requesterPorts(size, direction, merged));
  if (asking) nodes.push({ ...asking.node, type: "outside", data: { role: "asks", ports: asking.ports } });
  const answering = placed(places, nodeId.outsideAnswering, (size) => answerPorts(size, direction));
  if (answering)
    nodes.push({ ...answering.node, type: "outside", data: { role: "answers", ports: answering.ports } });
  for (const [id, role] of [
    [nodeId.nobodyAsks, "asks"],
    [nodeId.nobodyAnswers, "answers"],
  ] as const) {
    const at = placed(places, id, () => []);
    if (at) nodes.push({ ...at.node, type: "vacancy", data: { role } });
  }
  return nodes;
}

/** What is left of a name where there is room for little and nothing to tell it from. */
const lastPart = (name: string): string => name.slice(name.search(/[^-._]*$/)) || name;

/** What every node has. Its size and ports are given and not measured, so that its lines are right from the first frame. */
function placed(places: ReadonlyMap<string, Box>, id: string, portsFor: (size: Size) => NodePort[]) {
  const place = places.get(id);
  if (!place) return null;
  const { x, y, width, height } = place;
  const ports = portsFor(place);
  const handles = ports.map((port) => ({
    id: port.id,
    type: port.type,
    position: POSITIONS[port.side],
    x: port.x,
    y: port.y,
    width: 0,
    height: 0,
  }));
  return { node: { id, position: { x, y }, width, height, measured: { width, height }, handles }, ports };
}

/** The lines to draw: each requester to its subject and from the inboxes back, each subject to those who answer on it. */
export function edgesOf(
  { requesters, responders, topology, outside, layout: { density, merged } }: Scene,
  chosen: ReadonlySet<string>,
): DiagramEdge[] {
  const edges: DiagramEdge[] = [];
  const lane = (source: string, from: string, target: string, to: string, live: boolean): void => {
    const id = laneId(source, from, target, to);
    edges.push({
      id,
      type: "lane",
      source,
      sourceHandle: from,
      target,
      targetHandle: to,
      data: { live, chosen: chosen.has(id) },
      zIndex: chosen.has(id) ? 1 : 0,
      // Lines say nothing that the words of the nodes do not.
      domAttributes: { "aria-hidden": true },
    });
  };
  for (const { id } of requesters) {
    const row = topology.asks.get(id);
    if (row === undefined) continue;
    lane(nodeId.requester(id), PORT.out, nodeId.server, PORT.entry(row), true);
    if (!merged) lane(nodeId.server, PORT.repliesOut, nodeId.requester(id), PORT.inbox, true);
  }
  if (outside.asks) {
    lane(nodeId.outsideAsking, PORT.out, nodeId.server, PORT.entry(0), true);
    if (!merged) lane(nodeId.server, PORT.repliesOut, nodeId.outsideAsking, PORT.inbox, true);
  }
  const subscribed = new Map(responders.map((each) => [each.id, each.subscribed]));
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
  if (outside.answers) {
    for (const row of new Set(topology.asks.values())) {
      lane(nodeId.server, PORT.exit(row), nodeId.outsideAnswering, PORT.answer, true);
    }
  }
  return edges;
}

export const laneId = (source: string, from: string, target: string, to: string): string =>
  `${source}/${from}>${target}/${to}`;

/** Few responders get a line each; many share the one to their frame, which keeps them apart from a tangle. */
export const linesToEach = (density: Density): boolean => density === "card";
