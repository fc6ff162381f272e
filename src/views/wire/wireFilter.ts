import type { PeerId } from "../../domain/events/events.ts";
import type { WireFilter } from "../../domain/frames/wireIndex.ts";
import type { WireDirection, WireVerb } from "../../domain/frames/wireLines.ts";

/** Verbs that are looked for together. The first is what is shown unasked: PINGs go all the time and tell little. */
export const LINE_KINDS = [
  {
    id: "telling",
    words: "all but PING, PONG",
    verbs: ["SUB", "UNSUB", "PUB", "HPUB", "MSG", "HMSG", "INFO", "CONNECT", "+OK", "-ERR"],
  },
  { id: "all", words: "all kinds", verbs: [] },
  { id: "SUB", words: "SUB, UNSUB", verbs: ["SUB", "UNSUB"] },
  { id: "PUB", words: "PUB, HPUB", verbs: ["PUB", "HPUB"] },
  { id: "MSG", words: "MSG, HMSG", verbs: ["MSG", "HMSG"] },
  { id: "PING", words: "PING, PONG", verbs: ["PING", "PONG"] },
  { id: "INFO", words: "INFO, CONNECT", verbs: ["INFO", "CONNECT"] },
  { id: "-ERR", words: "-ERR, +OK", verbs: ["-ERR", "+OK"] },
] as const satisfies readonly {
  readonly id: string;
  readonly words: string;
  readonly verbs: readonly WireVerb[];
}[];

export type LineKind = (typeof LINE_KINDS)[number]["id"];

/** What a person picks lines by. */
export interface LinePick {
  readonly peer: PeerId | null;
  readonly direction: WireDirection | null;
  readonly kind: LineKind;
  /** Only those of the exchange that is selected, if one is. */
  readonly onlySelected: boolean;
  readonly text: string;
}

export const ANY_LINE: LinePick = {
  peer: null,
  direction: null,
  kind: "telling",
  onlySelected: false,
  text: "",
};

/** True when a person has asked for some lines only. */
export const isPicking = ({ peer, direction, kind, text }: LinePick, exchange: number | null): boolean =>
  peer !== null ||
  direction !== null ||
  (kind !== "telling" && kind !== "all") ||
  exchange !== null ||
  text.trim() !== "";

/** `exchange`: the seq of the one that lines are shown of, or null for all. */
export function filterOf({ peer, direction, kind, text }: LinePick, exchange: number | null): WireFilter {
  const verbs: readonly WireVerb[] = LINE_KINDS.find(({ id }) => id === kind)?.verbs ?? [];
  return { peer, direction, verbs: new Set(verbs), exchange, text };
}
