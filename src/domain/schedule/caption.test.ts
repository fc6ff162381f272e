import { expect, test } from "vitest";
import { captionOf } from "./caption.ts";
import type { Anchor, MessageShape } from "./flight.ts";
import type { Mark } from "./marks.ts";

const NAMES = ["", "client-1", "responder-1", "responder-2", "responder-3", "responder-4"];
const captionAt = (...marks: Mark[]): string | null => captionOf(marks, (peer) => NAMES[peer] ?? "?");

const SERVER: Anchor = { kind: "server" };
const OUTSIDE: Anchor = { kind: "outside" };
const client: Anchor = { kind: "requester", peer: 1 };
const inbox: Anchor = { kind: "inbox", peer: 1 };
const responder = (nth: number): Anchor => ({ kind: "responder", peer: nth + 1 });

const about = { key: 7, seq: 1 };
const travels = (shape: MessageShape, from: Anchor, to: Anchor, more: Partial<Mark> = {}): Mark =>
  ({
    kind: "travelling",
    shape,
    from,
    to,
    progress: 0.5,
    peer: null,
    attempt: null,
    ...about,
    ...more,
  }) as Mark;

test("one message is told with who sends it to whom", () => {
  expect(captionAt(travels("request", client, SERVER))).toBe("client-1 sends the request to nats-server.");
  expect(captionAt(travels("request", client, SERVER, { attempt: 2 }))).toBe(
    "client-1 sends the request, attempt 2, to nats-server.",
  );
  expect(captionAt(travels("request", OUTSIDE, SERVER))).toBe(
    "A program outside sends the request to nats-server.",
  );
  expect(captionAt(travels("request", SERVER, responder(1)))).toBe(
    "nats-server delivers the request to responder-1.",
  );
  expect(captionAt(travels("errorReply", responder(1), SERVER))).toBe(
    "responder-1 sends the error reply to nats-server.",
  );
  expect(captionAt(travels("reply", SERVER, inbox))).toBe(
    "nats-server passes the reply on to the inbox of client-1.",
  );
  expect(captionAt(travels("noResponders", SERVER, inbox))).toBe(
    "Nobody is subscribed: nats-server answers 503 to the inbox of client-1.",
  );
});

test("several of one kind are told together, of many how many, and of different kinds which", () => {
  const delivered = [1, 2, 3, 4].map((nth) => travels("request", SERVER, responder(nth)));
  expect(captionAt(...delivered.slice(0, 2))).toBe(
    "nats-server delivers the request to responder-1 and responder-2.",
  );
  expect(captionAt(...delivered)).toBe(
    "nats-server delivers the request to responder-1, responder-2 and 2 more.",
  );
  const sent = [1, 2, 3].map((seq) => travels("request", client, SERVER, { seq }));
  expect(captionAt(...sent)).toBe("client-1 sends 3 requests to nats-server.");
  const replies = [1, 2].map((nth) => travels("reply", responder(nth), SERVER, { seq: nth }));
  expect(captionAt(...replies)).toBe("responder-1 and responder-2 send 2 replies to nats-server.");
  expect(captionAt(...sent, ...replies)).toBe("Requests and replies are on their way.");
});

test("where nothing moves, what failed last is told, then who works, then who waits", () => {
  const waiting: Mark = { kind: "waiting", peer: 1, remaining: 0.5, ...about };
  const held = (peer: number, handling: boolean): Mark => ({ kind: "held", handling, peer, ...about });
  const failed = (words: string, progress: number): Mark => ({
    kind: "failed",
    at: inbox,
    shape: null,
    words,
    progress,
    ...about,
  });
  expect(captionAt()).toBeNull();
  expect(captionAt(waiting)).toBe("client-1 waits for a reply.");
  expect(captionAt(waiting, held(2, true))).toBe("responder-1 handles a request.");
  expect(captionAt(waiting, held(2, true), held(3, true), held(3, false))).toBe(
    "responder-1 and responder-2 handle 2 requests.",
  );
  expect(captionAt(waiting, held(2, false), held(2, false))).toBe("responder-1 holds 2 requests.");
  expect(captionAt(failed("503", 0.8), failed("timed out", 0.1), held(2, true))).toBe(
    "At the inbox of client-1: timed out.",
  );
  const pause: Mark = { kind: "paused", peer: 1, remaining: 0.5, attempt: 2, ...about };
  expect(captionAt(pause)).toBe("client-1 waits before attempt 2.");
  const dropped: Mark = { kind: "discarded", shape: "late", at: inbox, progress: 0.2, ...about };
  expect(captionAt(dropped, failed("timed out", 0.5))).toBe(
    "The late reply is dropped at the inbox of client-1.",
  );
});
