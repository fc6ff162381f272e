import type { PeerId } from "../events/events.ts";
import type { Anchor, MessageShape } from "./flight.ts";
import type { Mark } from "./marks.ts";
import { formatCounted } from "../base/formats.ts";

const SHAPE_WORDS: Readonly<Record<MessageShape, string>> = {
  request: "A request",
  reply: "A reply",
  errorReply: "An error reply",
  noResponders: "A 503",
  duplicate: "A duplicate reply",
  late: "A late reply",
};

/** What is on which hop and in whose hands, a line for each, for those who cannot see the marks, and for tests. */
export function onTheWire(marks: Iterable<Mark>, nameOf: (peer: PeerId) => string): readonly string[] {
  const counts = new Map<string, number>();
  for (const mark of marks) {
    const words = wordsOf(mark, nameOf);
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  return [...counts].map(
    ([words, count]) => `${words}${count === 1 ? "" : ` (${formatCounted(count, "time")})`}.`,
  );
}

function wordsOf(mark: Mark, nameOf: (peer: PeerId) => string): string {
  switch (mark.kind) {
    case "travelling": {
      const what = `${SHAPE_WORDS[mark.shape]}${mark.attempt === null ? "" : `, attempt ${mark.attempt},`}`;
      // Whatever has come to the server and is seen to stay there.
      if (mark.progress === 1) return `${what} is at ${placeWords(mark.to, nameOf)}`;
      return `${what} goes from ${placeWords(mark.from, nameOf)} to ${placeWords(mark.to, nameOf)}`;
    }
    case "discarded":
      return `${SHAPE_WORDS[mark.shape]} is dropped at ${placeWords(mark.at, nameOf)}`;
    case "held":
      return `${nameOf(mark.peer)} ${mark.handling ? "handles" : "has in line"} a request`;
    case "waiting":
      return `${nameOf(mark.peer)} waits for a reply`;
    case "paused":
      return `${nameOf(mark.peer)} waits before attempt ${mark.attempt}`;
    case "failed":
      return `At ${placeWords(mark.at, nameOf)}: ${mark.words}`;
  }
}

function placeWords(anchor: Anchor, nameOf: (peer: PeerId) => string): string {
  switch (anchor.kind) {
    case "server":
      return "nats-server";
    case "outside":
      return "outside";
    case "inbox":
      return `the inbox of ${nameOf(anchor.peer)}`;
    case "requester":
    case "responder":
      return nameOf(anchor.peer);
  }
}
