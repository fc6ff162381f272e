import type { Anchor, MessageShape } from "../../../domain/schedule/flight.ts";
import type { PeerId } from "../../../domain/events/events.ts";
import { linesToEach, type Scene } from "../layout/flow.ts";
import { PORT } from "../layout/ports.ts";
import { nodeId, type Box } from "../layout/places.ts";
import { RESPONDER, slotAt, STRIP, type FrameInsets } from "../layout/measures.ts";
import {
  curveBetween,
  reversed,
  routeAlong,
  type Cubic,
  type Point,
  type Port,
  type Route,
} from "../layout/route.ts";
import { rowFor } from "../layout/topology.ts";
import type { Geometry } from "../layout/nodeGeometry.ts";

/** Between which places something travels, and what. */
export interface Way {
  readonly from: Anchor;
  readonly to: Anchor;
  readonly shape: MessageShape;
}

/** Finds the ways that marks travel, along the lines that are drawn and on the server's rails between them. */
export class MarkRoutes {
  readonly #scene: Scene;
  readonly #geometry: Geometry;
  readonly #patterns: readonly string[];
  readonly #known = new Map<string, Route | null>();

  constructor(scene: Scene, geometry: Geometry) {
    this.#scene = scene;
    this.#geometry = geometry;
    this.#patterns = scene.topology.rows.map(({ subject }) => subject);
  }

  /**
   * The way of a mark of an exchange that `requester` made on this subject, null for somebody elsewhere; null when an end of it is not
   * on the diagram.
   */
  of({ from, to, shape }: Way, subject: string, requester: PeerId | null): Route | null {
    const isNested = requester !== null && this.#scene.topology.answers.has(requester);
    const kind = shape === "noResponders" ? "!" : isNested ? "^" : "";
    const key = `${anchorKey(from)}>${anchorKey(to)} ${kind}${subject}`;
    let route = this.#known.get(key);
    if (route === undefined) {
      const parts = this.#parts(from, to, shape, this.#rowOf(subject), isNested);
      route = parts === null ? null : routeAlong(parts);
      this.#known.set(key, route);
    }
    return route;
  }

  #parts(
    from: Anchor,
    to: Anchor,
    shape: MessageShape,
    row: number,
    isNested: boolean,
  ): (Cubic | Point)[] | null {
    const asking = shape === "request";
    if (from.kind === "server" && !asking && shape !== "noResponders") return this.#toInbox(this.#asker(to));
    // Asked on a subject that is no longer on the diagram.
    if (row === -1) return null;
    if (to.kind === "server") {
      return asking ? this.#toServer(this.#asker(from), row) : this.#replyToServer(from, row);
    }
    if (from.kind !== "server") return null;
    return asking ? this.#delivery(to, row, isNested) : this.#refusal(to, row);
  }

  /** A request on its way to the server: to the entry of its row. */
  #toServer(asker: string | PeerId, row: number): (Cubic | Point)[] | null {
    if (typeof asker === "number") {
      // A responder that asks does so on its own connection: back along its line, then on to the row.
      const back = this.#responderLine(asker);
      return back && this.#withPort(PORT.exit(row), (exit) => [...backwards(back), exit]);
    }
    const out = this.#geometry.port(asker, PORT.out);
    return out && this.#withPort(PORT.entry(row), (entry) => [curveBetween(out, entry)]);
  }

  /** A request on its way from the entry of its row, along the rail, to a responder; what a handler asks is at the exit already. */
  #delivery(to: Anchor, row: number, isNested: boolean): (Cubic | Point)[] | null {
    const line = to.kind === "responder" ? this.#responderLine(to.peer) : this.#outsideLine(row);
    if (!line) return null;
    return this.#withPort(PORT.exit(row), (exit) => {
      if (isNested) return [exit, ...line];
      return this.#withPort(PORT.entry(row), (entry) => [
        entry,
        ...cornerBetween(entry, exit),
        exit,
        ...line,
      ]);
    });
  }

  /** A reply on its way to the server: back along the line it was asked on, then to the rail of the inboxes. */
  #replyToServer(from: Anchor, row: number): (Cubic | Point)[] | null {
    const line = from.kind === "responder" ? this.#responderLine(from.peer) : this.#outsideLine(row);
    if (!line) return null;
    return this.#withPort(PORT.repliesIn, (replies) => [...backwards(line), replies]);
  }

  #toInbox(asker: string | PeerId): (Cubic | Point)[] | null {
    if (typeof asker === "number") {
      const line = this.#responderLine(asker);
      return line && this.#withPort(PORT.repliesIn, (replies) => [replies, ...line]);
    }
    const last = this.#inboxLine(asker);
    return last && this.#withPort(PORT.repliesIn, (replies) => [replies, ...last]);
  }

  /** From the rail of the inboxes to one: on a line of its own, or back on the one that the request came on. */
  #inboxLine(asker: string): (Cubic | Point)[] | null {
    const inbox = this.#geometry.port(asker, PORT.inbox);
    if (!inbox) return null;
    return this.#withPort(PORT.repliesOut, (out) => {
      if (!this.#scene.layout.merged) return [curveBetween(out, inbox)];
      const box = this.#geometry.box(asker);
      const slot = box && inbox.side === "right" ? [{ x: inbox.x, y: box.y + slotAt(box.height) }] : [];
      return this.#withPort(PORT.entry(this.#rowAskedBy(asker)), (entry) => [
        out,
        curveBetween(entry, inbox),
        ...slot,
      ]);
    });
  }

  #rowAskedBy(asker: string): number {
    const peer = [...this.#scene.topology.asks.keys()].find((id) => nodeId.requester(id) === asker);
    return (peer === undefined ? undefined : this.#scene.topology.asks.get(peer)) ?? 0;
  }

  /** The server's “no responders” starts where the request came in and goes no further into the server. */
  #refusal(to: Anchor, row: number): (Cubic | Point)[] | null {
    const asker = this.#asker(to);
    if (typeof asker === "number") {
      const line = this.#responderLine(asker);
      return line && this.#withPort(PORT.exit(row), (exit) => [exit, ...line]);
    }
    const last = this.#inboxLine(asker);
    // On one line for both ways it turns round where it is.
    const back = this.#scene.layout.merged ? last?.slice(1) : last;
    return back ? this.#withPort(PORT.entry(row), (entry) => [entry, ...back]) : null;
  }

  /** From the server's row to a responder, as the line is drawn; where a frame has the line, straight on to its member. */
  #responderLine(peer: PeerId): (Cubic | Point)[] | null {
    const { topology, layout } = this.#scene;
    const group = topology.answers.get(peer);
    const end = this.#geometry.port(nodeId.responder(peer), PORT.answer);
    if (!group || !end) return null;
    return this.#withPort(PORT.exit(group.row), (exit) => {
      if (linesToEach(layout.density)) return [curveBetween(exit, end)];
      const door = this.#geometry.port(group.id, PORT.answer);
      const box = this.#geometry.box(nodeId.responder(peer));
      return (
        door &&
        box && [
          curveBetween(exit, door),
          ...aisleTo(box, door, RESPONDER[layout.density].gap, layout.frame),
          end,
        ]
      );
    });
  }

  #outsideLine(row: number): (Cubic | Point)[] | null {
    const end = this.#geometry.port(nodeId.outsideAnswering, PORT.answer);
    return end && this.#withPort(PORT.exit(row), (exit) => [curveBetween(exit, end)]);
  }

  #withPort<T>(name: string, further: (port: Port) => T | null): T | null {
    const port = this.#geometry.port(nodeId.server, name);
    return port && further(port);
  }

  /** The node that asks: a requester's, the one for outside, or the id of a responder that asks within its handler. */
  #asker(anchor: Anchor): string | PeerId {
    if (anchor.kind === "server" || anchor.kind === "outside") return nodeId.outsideAsking;
    if (this.#scene.topology.answers.has(anchor.peer)) return anchor.peer;
    return nodeId.requester(anchor.peer);
  }

  #rowOf(subject: string): number {
    return rowFor(this.#patterns, subject);
  }
}

/** From above to below the way leads along the side of the server, not across its words. */
const cornerBetween = (entry: Port, exit: Port): Point[] =>
  entry.side === "top" && exit.side === "bottom" ? [{ x: entry.x, y: exit.y }] : [];

/**
 * From the door of a frame along the aisles between its members, so that what travels to one of them does not cross the words of
 * those before it. Nothing for a member that stands right at the door.
 */
function aisleTo(box: Box, door: Port, gap: number, frame: FrameInsets): Point[] {
  const x = box.x - gap / 2;
  const y = box.y - gap / 2;
  if (door.side === "left") {
    if (x - door.x < HEADLESS) return [];
    // Before the members of a strip stands its heading.
    const inside = frame === STRIP ? 0 : gap / 2;
    return [
      { x: door.x + inside, y },
      { x, y },
    ];
  }
  if (y - door.y < frame.top) return [];
  return [
    { x, y: door.y + frame.top - gap / 2 },
    { x, y },
  ];
}

/** A member that near to the door stands right at it. */
const HEADLESS = 9;

function backwards(parts: readonly (Cubic | Point)[]): (Cubic | Point)[] {
  return parts.map((part) => ("from" in part ? reversed(part) : part)).reverse();
}

const anchorKey = (anchor: Anchor): string =>
  anchor.kind === "server" || anchor.kind === "outside" ? anchor.kind : `${anchor.kind}${anchor.peer}`;
