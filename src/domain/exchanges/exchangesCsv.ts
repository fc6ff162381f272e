import { OUTSIDE, type PeerId } from "../events/events.ts";
import { isUnattributed, isUnattributedReply } from "../record/outside.ts";
import type { ExchangeSummary } from "./readExchange.ts";
import { csvText, writeCsv } from "../base/csv.ts";
import type { Instant } from "../base/instant.ts";

/** What a line is made of. */
export type CsvRow = Pick<
  ExchangeSummary,
  | "seq"
  | "subject"
  | "requester"
  | "call"
  | "attempt"
  | "firstAt"
  | "settledAt"
  | "outcome"
  | "latencyMs"
  | "deliveries"
  | "arrivals"
  | "late"
  | "duplicate"
  | "from"
  | "outsideAt"
>;

const COLUMNS = [
  "seq",
  "startedAt",
  "settledAt",
  "subject",
  "requester",
  "call",
  "attempt",
  "outcome",
  "latencyMs",
  "from",
  "deliveries",
  "arrivals",
  "late",
  "duplicate",
] as const;

/**
 * Exchanges as CSV, described in docs/results.md. Names and subjects come from people and from the wire: one that spreadsheets would
 * run as a formula is written with an apostrophe before it. Up to
 * `attributedUpTo` it is sure who asked and who answered.
 */
export const exchangesCsv = (
  exchanges: Iterable<CsvRow>,
  nameOf: (peer: PeerId) => string,
  attributedUpTo: Instant,
): string => writeCsv(COLUMNS, cellsOf(exchanges, nameOf, attributedUpTo));

function* cellsOf(
  exchanges: Iterable<CsvRow>,
  nameOf: (peer: PeerId) => string,
  attributedUpTo: Instant,
): Generator<(string | number)[]> {
  for (const exchange of exchanges) {
    const row: Record<(typeof COLUMNS)[number], string | number> = {
      seq: exchange.seq,
      startedAt: time(exchange.firstAt),
      settledAt: exchange.settledAt === null ? "" : time(exchange.settledAt),
      subject: csvText(exchange.subject),
      requester: requesterOf(exchange, nameOf, attributedUpTo),
      call: exchange.call ?? "",
      attempt: exchange.attempt ?? "",
      outcome: exchange.outcome ?? "",
      latencyMs: isReplied(exchange.outcome) ? (exchange.latencyMs?.toFixed(3) ?? "") : "",
      from:
        exchange.from === null || isUnattributedReply(exchange, attributedUpTo)
          ? ""
          : csvText(nameOf(exchange.from)),
      deliveries: exchange.deliveries,
      arrivals: exchange.arrivals,
      late: exchange.late,
      duplicate: exchange.duplicate,
    };
    yield COLUMNS.map((column) => row[column]);
  }
}

/** Who asked. A peer of this page may still tell that the newest of those of which nobody has told were its own. */
const requesterOf = (exchange: CsvRow, nameOf: (peer: PeerId) => string, attributedUpTo: Instant): string =>
  isUnattributed(exchange, attributedUpTo) ? "" : csvText(nameOf(exchange.requester ?? OUTSIDE));

const isReplied = (outcome: CsvRow["outcome"]): boolean => outcome === "replied" || outcome === "errorReply";

/** ISO 8601 in UTC, to a millisecond; latencies are finer. */
// oxlint-disable-next-line no-restricted-globals -- it writes a time that was given; it asks no clock
const time = (at: Instant): string => (Number.isFinite(at) ? new Date(at).toISOString() : "");
