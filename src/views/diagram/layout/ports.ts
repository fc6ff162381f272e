import type { Direction } from "./layout.ts";
import { GUTTER, INBOX_SLOT, railAt, type Size } from "./measures.ts";
import type { Port } from "./route.ts";

/** A place on the edge of a node where lines meet it, from the node's upper left corner. */
export interface NodePort extends Port {
  readonly id: string;
  /** Whether lines are drawn from here or to here; what travels on them may go both ways. */
  readonly type: "source" | "target";
}

export const PORT = {
  out: "out",
  inbox: "inbox",
  entry: (row: number): string => `entry:${row}`,
  exit: (row: number): string => `exit:${row}`,
  repliesIn: "replies:in",
  repliesOut: "replies:out",
  answer: "answer",
} as const;

/** Beside the subject that it asks, and in the middle of the inbox slot. */
export function requesterPorts({ width, height }: Size, direction: Direction, small: boolean): NodePort[] {
  if (direction === "tall") {
    return [
      { id: PORT.out, type: "source", side: "bottom", x: 20, y: height },
      { id: PORT.inbox, type: "target", side: "bottom", x: width - 24, y: height },
    ];
  }
  const slot = height - INBOX_SLOT.inset - INBOX_SLOT.height / 2;
  return [
    { id: PORT.out, type: "source", side: "right", x: width, y: small ? 17 : 43 },
    { id: PORT.inbox, type: "target", side: "right", x: width, y: slot },
  ];
}

/** At both ends of the rail of each subject, and of the rail of the inboxes. */
export function serverPorts({ width, height }: Size, direction: Direction, rows: number): NodePort[] {
  const ports: NodePort[] = [];
  const wide = direction === "wide";
  for (let row = 0; row < rows; row++) {
    const y = railAt(row, rows);
    ports.push(
      wide
        ? { id: PORT.entry(row), type: "target", side: "left", x: 0, y }
        : { id: PORT.entry(row), type: "target", side: "top", x: GUTTER, y: 0 },
      wide
        ? { id: PORT.exit(row), type: "source", side: "right", x: width, y }
        : { id: PORT.exit(row), type: "source", side: "bottom", x: width / 2, y: height },
    );
  }
  const y = railAt(rows, rows);
  ports.push(
    wide
      ? { id: PORT.repliesOut, type: "source", side: "left", x: 0, y }
      : { id: PORT.repliesOut, type: "source", side: "top", x: width - GUTTER, y: 0 },
    wide
      ? { id: PORT.repliesIn, type: "source", side: "right", x: width, y }
      : { id: PORT.repliesIn, type: "source", side: "bottom", x: width - GUTTER, y: height },
  );
  return ports;
}

/** One that answers has its line where it faces the server; so has a frame of many. */
export function answerPorts({ width, height }: Size, direction: Direction): NodePort[] {
  return direction === "wide"
    ? [{ id: PORT.answer, type: "target", side: "left", x: 0, y: height / 2 }]
    : [{ id: PORT.answer, type: "target", side: "top", x: width / 2, y: 0 }];
}
