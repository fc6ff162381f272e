import * as v from "valibot";
import { bytesOf } from "../record/eventTexts.ts";
import { holdsEvent, previousOf } from "../record/eventRing.ts";
import { KIND } from "../events/events.ts";
import type { Exchange } from "../events/exchange.ts";
import { parseHeadersBlock, TRACE_DESTINATION } from "../messages/headersBlock.ts";
import type { TrafficRecord } from "../record/trafficRecord.ts";
import { decodeUtf8 } from "../base/utf8.ts";

/** The first nats-server that traces messages. */
const FIRST_TRACING: readonly [major: number, minor: number] = [2, 11];

/** What a server says it did with a message; only the request's way is traced. */
export interface TraceStep {
  /** in: it came in. out: it went out to a subscription. Others keep the server's own word, such as `sm` or `js`. */
  readonly kind: "in" | "out" | (string & {});
  /** The number of the connection, as monitoring shows it. */
  readonly connection: number | null;
  /** As the program named itself, empty for none. */
  readonly name: string;
  /** Of the message where it came in; of the subscription where it went out. */
  readonly subject: string;
  readonly queue: string | null;
  /** Why it did not, empty for none. */
  readonly error: string;
}

/** One server's account of one message. */
export interface ServerTrace {
  readonly server: string;
  readonly version: string;
  readonly steps: readonly TraceStep[];
}

const text = v.optional(v.string(), "");
const report = v.object({
  server: v.object({ name: text, ver: text }),
  events: v.array(
    v.object({
      type: v.string(),
      cid: v.optional(v.number()),
      name: text,
      subj: text,
      sub: text,
      queue: text,
      error: text,
    }),
  ),
});

/** Reads a server's report; null for anything else. */
export function parseServerTrace(payload: string): ServerTrace | null {
  let said: unknown;
  try {
    said = JSON.parse(payload);
  } catch {
    return null;
  }
  const { success, output } = v.safeParse(report, said);
  if (!success) return null;
  return {
    server: output.server.name,
    version: output.server.ver,
    steps: output.events.map(({ type, cid, name, subj, sub, queue, error }) => ({
      kind: type === "eg" ? "out" : type,
      connection: cid ?? null,
      name,
      subject: type === "eg" ? sub : subj,
      queue: queue === "" ? null : queue,
      error,
    })),
  };
}

/** True for a request that asked servers for their account. */
export const isTraced = ({ request }: Exchange): boolean =>
  request !== null &&
  request.headers.length > 0 &&
  (parseHeadersBlock(request.headers)?.headers.some(({ name }) => name === TRACE_DESTINATION) ?? false);

/** The numbers of what servers reported on an exchange. */
function numbersOf({ events, exchanges }: TrafficRecord, seq: number): number[] {
  const numbers: number[] = [];
  let number = exchanges.newest[seq % exchanges.capacity] ?? 0;
  while (holdsEvent(events, number) && events.exchange[number % events.capacity] === seq) {
    if (events.kind[number % events.capacity] === KIND.message) numbers.push(number);
    number = previousOf(events, number);
  }
  return numbers.reverse();
}

/** What servers reported on an exchange so far, one account for each server, or of each attempt. */
export const readTraces = (record: TrafficRecord, seq: number): ServerTrace[] =>
  numbersOf(record, seq).flatMap((number) => {
    const trace = parseServerTrace(decodeUtf8(bytesOf(record, number, "payload")));
    return trace ? [trace] : [];
  });

/** Whether a server of that version traces messages; true for a version that cannot be read. */
export function canTrace(version: string): boolean {
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(version) ?? [];
  if (major === undefined || minor === undefined) return true;
  const [least, leastMinor] = FIRST_TRACING;
  return Number(major) > least || (Number(major) === least && Number(minor) >= leastMinor);
}
