import type { Edge, Node } from "@xyflow/react";
import type { PeerId } from "../../../domain/events/events.ts";
import type { Density, Direction } from "./measures.ts";
import type { NodePort } from "./ports.ts";
import type { SubjectRow } from "./topology.ts";

export type RequesterNodeType = Node<
  {
    readonly peer: PeerId;
    /** How much of it there is room for, and in which shape. */
    readonly look: "full" | "flat" | "small";
    readonly ports: readonly NodePort[];
  },
  "requester"
>;

export type ServerNodeType = Node<
  {
    readonly rows: readonly SubjectRow[];
    /** The row that the selected exchange crosses. */
    readonly chosenRow: number | null;
    readonly direction: Direction;
    readonly ports: readonly NodePort[];
  },
  "server"
>;

export type ResponderNodeType = Node<
  {
    readonly peer: PeerId;
    readonly ports: readonly NodePort[];
    readonly density: Density;
    /** What is shown of its name where there is little room. */
    readonly short: string;
  },
  "responder"
>;

export type GroupNodeType = Node<
  {
    readonly queue: string | null;
    readonly members: number;
    readonly ports: readonly NodePort[];
    /** What all its members' names begin with, where only their ends are shown. */
    readonly prefix: string;
    /** Where its heading stands beside its members. */
    readonly heading: "above" | "before" | "below";
  },
  "queueGroup"
>;

export type OutsideNodeType = Node<
  { readonly role: "asks" | "answers"; readonly ports: readonly NodePort[] },
  "outside"
>;

/** Kept free where nobody asks, or nobody answers. */
export type VacancyNodeType = Node<{ readonly role: "asks" | "answers" }, "vacancy">;

export type DiagramNode =
  VacancyNodeType | RequesterNodeType | ServerNodeType | ResponderNodeType | GroupNodeType | OutsideNodeType;

export type DiagramEdge = Edge<{ readonly live: boolean; readonly chosen: boolean }, "lane">;
