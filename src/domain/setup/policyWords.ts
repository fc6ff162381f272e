import { formatCounted, formatMs } from "../base/formats.ts";
import { retryDelayMs } from "./policies.ts";
import type { Policy, RetryPolicy } from "./setup.ts";

/** What a policy does, in a line. */
export function policyWords({ retry, breaker, fallback, gather }: Policy): string {
  const parts = [
    retry && `${retry.attempts} attempts${waitsOf(retry)}`,
    breaker && `opens after ${formatCounted(breaker.failures, "failure")}, for ${formatMs(breaker.openMs)}`,
    gather && `gathers for ${formatMs(gather.forMs)}${stopsOf(gather)}`,
    fallback && "then a fallback",
  ];
  return parts.filter((part) => part !== null).join("; ") || "one attempt";
}

/** Such as `, 1 s, 2 s, 4 s apart`. */
function waitsOf(retry: RetryPolicy): string {
  if (retry.backoff === "none") return " at once";
  const waits: string[] = [];
  for (let attempt = 2; attempt <= Math.min(4, retry.attempts); attempt++) {
    waits.push(formatMs(retryDelayMs({ ...retry, jitter: "none" }, attempt, 0, () => 0)));
  }
  const jitter = retry.jitter === "none" ? "" : ", with jitter";
  return `, ${waits.join(", ")}${retry.attempts > 4 ? " …" : ""} apart${jitter}`;
}

function stopsOf({ count, gapMs, sentinel }: NonNullable<Policy["gather"]>): string {
  const stops = [
    count === null ? null : formatCounted(count, "reply", "replies"),
    gapMs === null ? null : `a gap of ${formatMs(gapMs)}`,
    sentinel ? "an empty reply" : null,
  ].filter((stop) => stop !== null);
  return stops.length === 0 ? "" : `, or until ${stops.join(" or ")}`;
}
