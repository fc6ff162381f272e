import type { Edge, Node } from "@xyflow/react";
import type { PeerId } from "../../domain/events.ts";
import type { Direction } from "./layout.ts";
import type { Density } from "./measures.ts";
import type { SubjectRow } from "./topology.ts";

export type RequesterNodeType = Node<
  { readonly peer: PeerId; readonly direction: Direction; readonly small: boolean },
  "requester"
>;

export type ServerNodeType = Node<
  { readonly rows: readonly SubjectRow[]; readonly direction: Direction },
  "server"
>;

export type ResponderNodeType = Node<
  {
    readonly peer: PeerId;
    readonly direction: Direction;
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
    readonly direction: Direction;
    /** What all its members' names begin with, where only their ends are shown. */
    readonly prefix: string;
  },
  "queueGroup"
>;

export type OutsideNodeType = Node<
  { readonly role: "asks" | "answers"; readonly direction: Direction },
  "outside"
>;

/** Kept free where nobody asks, or nobody answers. */
export type VacancyNodeType = Node<{ readonly role: "asks" | "answers" }, "vacancy">;

export type DiagramNode =
  VacancyNodeType | RequesterNodeType | ServerNodeType | ResponderNodeType | GroupNodeType | OutsideNodeType;

export type DiagramEdge = Edge<{ readonly live: boolean }, "lane">;

/** The names of the places where lines meet nodes. */
export const PORT = {
  out: "out",
  inbox: "inbox",
  entry: (row: number): string => `entry:${row}`,
  exit: (row: number): string => `exit:${row}`,
  repliesIn: "replies:in",
  repliesOut: "replies:out",
  answer: "answer",
} as const;
