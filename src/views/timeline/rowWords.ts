import { formatCounted } from "../../domain/base/formats.ts";
import { summariseExchange } from "../../domain/exchanges/readExchange.ts";
import { attributedUpTo, isUnattributed } from "../../domain/record/outside.ts";
import type { TrafficRecord } from "../../domain/record/trafficRecord.ts";
import { nameOf } from "../../stores/peers/peersStore.ts";
import { servedWords } from "../results/messages/messageFilter.ts";
import { standingWords } from "../results/messages/OutcomeMark.tsx";
import { clockStepMs, pageNow } from "../../stores/page/clock.ts";
import { formatMeasured } from "../results/latency/measured.ts";

/** An exchange in one line: `user.get, client-1 to responder-2: replied after 0.42 ms`. */
export function rowWords(record: TrafficRecord, seq: number): string {
  const summary = summariseExchange(record, seq);
  if (!summary) return "no longer in the record";
  const { subject, requester, from, outcome, latencyMs, late, duplicate } = summary;
  const isKnown = !isUnattributed(summary, attributedUpTo(record, pageNow()));
  const who = !isKnown ? "…" : requester === null ? "outside" : nameOf(requester);
  const to = outcome === "noResponders" ? "" : from === null ? "" : ` to ${nameOf(from)}`;
  const end = !isKnown
    ? "…"
    : requester === null
      ? servedWords(summary)
      : standingWords(outcome ?? "inFlight");
  const after = latencyMs === null ? "" : ` after ${formatMeasured(latencyMs, clockStepMs())}`;
  const ghosts = [
    late > 0 ? `, ${formatCounted(late, "late reply", "late replies")}` : "",
    duplicate > 0 ? `, ${formatCounted(duplicate, "duplicate")}` : "",
  ].join("");
  return `${subject}, ${who}${to}: ${end}${after}${ghosts}`;
}
