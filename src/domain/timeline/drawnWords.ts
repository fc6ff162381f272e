import type { PeerId } from "../events/events.ts";
import type { Anchor, Mark, MessageShape } from "./flight.ts";
import { formatCounted } from "../base/formats.ts";

const SHAPE_WORDS: Readonly<Record<MessageShape, string>> = {
  request: "A request",
  reply: "A reply",
  errorReply: "An error reply",
  noResponders: "A 503",
  duplicate: "A duplicate reply",
  late: "A late reply",
};

/** What a picture of marks shows, in words: for those who cannot see it, and for tests. */
export function drawnWords(marks: Iterable<Mark>, nameOf: (peer: PeerId) => string): string {
  const counts = new Map<string, number>();
  const say = (words: string): void => void counts.set(words, (counts.get(words) ?? 0) + 1);
  for (const mark of marks) {
    switch (mark.kind) {
      case "travelling":
        say(
          `${SHAPE_WORDS[mark.shape]} goes from ${placeWords(mark.from, nameOf)} to ${placeWords(mark.to, nameOf)}`,
        );
        break;
      case "discarded":
        say(`${SHAPE_WORDS[mark.shape]} is dropped at ${placeWords(mark.at, nameOf)}`);
        break;
      case "held":
        say(`${nameOf(mark.peer)} ${mark.handling ? "handles" : "has in line"} a request`);
        break;
      case "waiting":
        say(`${nameOf(mark.peer)} waits for a reply`);
        break;
    }
  }
  if (counts.size === 0) return "Nothing is moving.";
  return [...counts]
    .map(([words, count]) => `${words}${count === 1 ? "" : ` (${formatCounted(count, "time")})`}.`)
    .join(" ");
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
