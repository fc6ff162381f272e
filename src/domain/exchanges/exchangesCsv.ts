import type { PeerId } from "../events/events.ts";
import type { ExchangeSummary } from "./readExchange.ts";
import type { Instant } from "../base/instant.ts";

/** What a line is made of. */
export type ExchangeRow = Pick<
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
 * Exchanges as CSV (RFC 4180, CR LF, UTF-8, a header line), described in docs/results.md. Names and subjects come from people
 * and from the wire, and spreadsheets run what looks like a formula: such texts are written with an apostrophe before them.
 */
export function exchangesCsv(exchanges: Iterable<ExchangeRow>, nameOf: (peer: PeerId) => string): string {
  const lines = [COLUMNS.join(",")];
  for (const exchange of exchanges) {
    const row: Record<(typeof COLUMNS)[number], string> = {
      seq: String(exchange.seq),
      startedAt: time(exchange.firstAt),
      settledAt: exchange.settledAt === null ? "" : time(exchange.settledAt),
      subject: field(exchange.subject),
      requester: exchange.requester === null ? "" : field(nameOf(exchange.requester)),
      call: exchange.call === null ? "" : String(exchange.call),
      attempt: exchange.attempt === null ? "" : String(exchange.attempt),
      outcome: exchange.outcome ?? "",
      latencyMs: isReplied(exchange.outcome) ? (exchange.latencyMs?.toFixed(3) ?? "") : "",
      from: exchange.from === null ? "" : field(nameOf(exchange.from)),
      deliveries: String(exchange.deliveries),
      arrivals: String(exchange.arrivals),
      late: String(exchange.late),
      duplicate: String(exchange.duplicate),
    };
    lines.push(COLUMNS.map((column) => row[column]).join(","));
  }
  return lines.map((line) => `${line}\r\n`).join("");
}

const isReplied = (outcome: ExchangeRow["outcome"]): boolean =>
  outcome === "replied" || outcome === "errorReply";

/** ISO 8601 in UTC, to a millisecond; latencies are finer. */
// oxlint-disable-next-line no-restricted-globals -- it writes a time that was given; it asks no clock
const time = (at: Instant): string => (Number.isFinite(at) ? new Date(at).toISOString() : "");

/** An apostrophe goes before another apostrophe too, so that taking one away always gives the text back. */
const NEEDS_APOSTROPHE = /^['=+\-@\t\r\n＝＋－＠]/;

function field(text: string): string {
  const safe = NEEDS_APOSTROPHE.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
