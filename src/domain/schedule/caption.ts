import type { PeerId } from "../events/events.ts";
import type { Anchor, MessageShape } from "./flight.ts";
import type { Mark } from "./marks.ts";

type NameOf = (peer: PeerId) => string;
type MarkOf<Kind extends Mark["kind"]> = Extract<Mark, { kind: Kind }>;

/** So many are named; of more it is said how many. */
const MOST_NAMED = 3;

/**
 * What is seen now, in one sentence: of what moves, or else of what has just failed, or of who works or waits. Null where nothing is to be
 * seen.
 */
export function captionOf(marks: Iterable<Mark>, nameOf: NameOf): string | null {
  const all = [...marks];
  const of = <Kind extends Mark["kind"]>(kind: Kind): MarkOf<Kind>[] =>
    all.filter((mark): mark is MarkOf<Kind> => mark.kind === kind);
  const travelling = of("travelling");
  if (travelling.length > 0) return onTheirWay(travelling, nameOf);
  const [dropped] = of("discarded").toSorted(byProgress);
  if (dropped) return `The ${SINGULARS[dropped.shape]} is dropped at ${placeNames([dropped.at], nameOf)}.`;
  const [failed] = of("failed").toSorted(byProgress);
  if (failed) return `At ${placeNames([failed.at], nameOf)}: ${failed.words}.`;
  const [pause] = of("paused");
  if (pause) return `${nameOf(pause.peer)} waits before attempt ${pause.attempt}.`;
  const held = of("held");
  const working = held.filter(({ handling }) => handling);
  if (held.length > 0) {
    const [peers, does] = working.length > 0 ? [working, "handle"] : [held, "hold"];
    const names = unique(peers.map(({ peer }) => nameOf(peer)));
    const what = peers.length === 1 ? "a request" : `${peers.length} requests`;
    return `${listed(names)} ${names.length === 1 ? `${does}s` : does} ${what}.`;
  }
  const waiting = unique(of("waiting").map(({ peer }) => nameOf(peer)));
  if (waiting.length === 0) return null;
  return `${listed(waiting)} ${waiting.length === 1 ? "waits" : "wait"} for a reply.`;
}

function onTheirWay(marks: readonly MarkOf<"travelling">[], nameOf: NameOf): string {
  const [first, ...others] = marks;
  if (!first) return "";
  const { shape, from, to, attempt } = first;
  const isAlike = (mark: MarkOf<"travelling">): boolean =>
    mark.shape === shape && mark.from.kind === from.kind && mark.to.kind === to.kind;
  if (!others.every(isAlike)) {
    const words = listed(unique(marks.map((mark) => PLURALS[mark.shape])), MESSAGE_SHAPES);
    return `${words.charAt(0).toUpperCase()}${words.slice(1)} are on their way.`;
  }
  const sender = placeNames(
    marks.map((mark) => mark.from),
    nameOf,
  );
  const receiver = placeNames(
    marks.map((mark) => mark.to),
    nameOf,
  );
  const count = unique(marks.map(({ seq }) => seq)).length;
  const isOne = shape === "request" ? count === 1 : marks.length === 1;
  const what = isOne ? `the ${SINGULARS[shape]}` : `${marks.length} ${PLURALS[shape]}`;
  if (from.kind === "server") {
    if (shape === "request") return `nats-server delivers ${what} to ${receiver}.`;
    if (shape === "noResponders") return `Nobody is subscribed: nats-server answers 503 to ${receiver}.`;
    return `nats-server passes ${what} on to ${receiver}.`;
  }
  const again = isOne && attempt !== null ? `, attempt ${attempt},` : "";
  const isOneSender = !sender.includes(" and ");
  const begin = from.kind === "outside" ? "A program outside" : sender;
  return `${begin} ${isOneSender ? "sends" : "send"} ${what}${again} to nats-server.`;
}

const SINGULARS: Readonly<Record<MessageShape, string>> = {
  request: "request",
  reply: "reply",
  errorReply: "error reply",
  noResponders: "503",
  duplicate: "duplicate reply",
  late: "late reply",
};

const PLURALS: Readonly<Record<MessageShape, string>> = {
  request: "requests",
  reply: "replies",
  errorReply: "error replies",
  noResponders: "503s",
  duplicate: "duplicate replies",
  late: "late replies",
};
const MESSAGE_SHAPES = Object.keys(PLURALS).length;

const byProgress = (a: { readonly progress: number }, b: { readonly progress: number }): number =>
  a.progress - b.progress;

const unique = <Item>(items: readonly Item[]): Item[] => [...new Set(items)];

function listed(names: readonly string[], most = MOST_NAMED): string {
  const shown =
    names.length > most ? [...names.slice(0, most - 1), `${names.length - most + 1} more`] : names;
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}

/** Places of one kind. */
function placeNames(anchors: readonly Anchor[], nameOf: NameOf): string {
  const names = listed(
    unique(
      anchors.map((anchor) => {
        if (anchor.kind === "server") return "nats-server";
        return anchor.kind === "outside" ? "a program outside" : nameOf(anchor.peer);
      }),
    ),
  );
  return anchors[0]?.kind === "inbox" ? `the inbox of ${names}` : names;
}
