import { GUTTER, railAt, slotAt, type Direction, type Size } from "./measures.ts";
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

/** Beside the subject that it asks, and in the middle of the inbox slot; or both at one place, for one line. */
export function requesterPorts({ width, height }: Size, direction: Direction, merged: boolean): NodePort[] {
  const out = { id: PORT.out, type: "source" } as const;
  const inbox = { id: PORT.inbox, type: "target" } as const;
  if (direction === "tall") {
    const side = { side: "bottom", y: height } as const;
    return merged
      ? [
          { ...out, ...side, x: width / 2 },
          { ...inbox, ...side, x: width / 2 },
        ]
      : [
          { ...out, ...side, x: 20 },
          { ...inbox, ...side, x: width - 24 },
        ];
  }
  const side = { side: "right", x: width } as const;
  return merged
    ? [
        { ...out, ...side, y: height / 2 },
        { ...inbox, ...side, y: height / 2 },
      ]
    : [
        { ...out, ...side, y: SUBJECT_AT },
        { ...inbox, ...side, y: slotAt(height) },
      ];
}

/** In the middle of the line with the subject. */
const SUBJECT_AT = 36;

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
