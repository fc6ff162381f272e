import type { PeerId } from "../events/events.ts";
import { formatBytes, formatMs } from "../base/formats.ts";
import type { MessageShape } from "../schedule/flight.ts";
import { OUTCOME_WORDS } from "../events/outcomes.ts";
import type { Lifeline, Sequence, SequenceNote } from "./sequence.ts";

type NameOf = (peer: PeerId) => string;

/** Mermaid's own arrows: dotted for what goes back, crossed out for what nobody takes. */
const ARROWS: Readonly<Record<MessageShape, string>> = {
  request: "->>",
  reply: "-->>",
  errorReply: "-->>",
  noResponders: "--x",
  duplicate: "--x",
  late: "--x",
};

const LABELS: Readonly<Record<MessageShape, string>> = {
  request: "request",
  reply: "reply",
  errorReply: "error reply",
  noResponders: "no responders",
  duplicate: "duplicate reply, dropped",
  late: "late reply, dropped",
};

const LONGEST = 80;

/**
 * A sequence as the text of a Mermaid sequence diagram. Names and subjects can hold anything: whatever is no plain letter, digit or
 * mark is written as its code, so that it can neither end its line nor become markup.
 */
export function mermaidOf(sequence: Sequence, nameOf: NameOf): string {
  const lines = ["sequenceDiagram", "    autonumber"];
  sequence.lifelines.forEach((line, index) => {
    lines.push(`    participant p${index} as ${escaped(lifelineName(line, nameOf))}`);
  });
  const steps: { readonly atMs: number; readonly text: readonly string[] }[] = [];
  for (const { from, to, shape, startMs, endMs, words, size } of sequence.arrows) {
    const label = `${LABELS[shape]} ${words}, ${formatBytes(size)}, at ${formatMs(startMs)}`;
    steps.push({
      atMs: endMs,
      text: [`p${from}${ARROWS[shape]}p${to}: ${escaped(label)}`],
    });
  }
  for (const { kind, lifeline, startMs, endMs } of sequence.bars) {
    if (endMs === null || kind === "asking") continue;
    const words = kind === "handler" ? "handler" : "waiting behind others";
    steps.push({
      atMs: endMs,
      text: [`Note over p${lifeline}: ${words} ${escaped(formatMs(endMs - startMs))}`],
    });
  }
  for (const { lifeline, atMs, what } of sequence.notes) {
    if (what.kind === "late" || what.kind === "duplicate") continue; // Its arrow says so.
    steps.push({
      atMs,
      text: [`Note over p${lifeline}: ${escaped(`${noteWords(what)} at ${formatMs(atMs)}`)}`],
    });
  }
  for (const { text } of steps.toSorted((a, b) => a.atMs - b.atMs)) {
    lines.push(...text.map((line) => `    ${line}`));
  }
  return `${lines.join("\n")}\n`;
}

export function lifelineName({ kind, peer }: Lifeline, nameOf: NameOf): string {
  switch (kind) {
    case "server":
      return "nats-server";
    case "outside":
      return "outside this page";
    case "inbox":
      return `inbox of ${nameOf(peer ?? 0)}`;
    case "requester":
    case "responder":
      return nameOf(peer ?? 0);
  }
}

export function noteWords(what: SequenceNote["what"]): string {
  switch (what.kind) {
    case "outcome":
      return OUTCOME_WORDS[what.outcome];
    case "late":
      return "late: nobody takes it";
    case "duplicate":
      return "duplicate: nobody takes it";
    case "dropped":
      return "the server drops it: nobody listens";
    case "neverReplies":
      return "drops it, never replies";
    case "ended":
      return "ended before it replied";
  }
}

/** Mermaid reads `#` and a number up to `;` as the character of that code. */
function escaped(text: string): string {
  const cut = text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
  let written = "";
  for (const character of cut) {
    const code = character.codePointAt(0) ?? 0xfffd;
    if (code >= 0xd800 && code <= 0xdfff)
      written += "#65533;"; // half of a character
    else if (code < 0x20 || code === 0x7f) written += " ";
    else written += /[\p{L}\p{N} .,_/()-]/u.test(character) ? character : `#${code};`;
  }
  return written.trim() || "#8203;"; // An empty name would be none.
}
