import type { Instant } from "../events/events.ts";
import type { TrafficRecord } from "./trafficRecord.ts";
import { keptSlot } from "./seconds.ts";

const SECOND_MS = 1000;

/**
 * What one worker saw may be known before what another did, since each tells at its own pace. A peer of this page that made a request
 * tells so within this time; after it, the request is from elsewhere.
 */
export const CLAIM_MS = 400;

/**
 * Answers to requesters elsewhere, as far as that is sure: while some are newer than a claim may be late, those of the last one or two
 * seconds are left out. `now` is epoch ms on the page's clock.
 */
export function servedOutside({ served, servedAt, seconds }: TrafficRecord, now: Instant): number {
  if (now - servedAt > CLAIM_MS) return served;
  // Clocks of workers may be a little ahead.
  const unsure = new Set([now + SECOND_MS, now, now - CLAIM_MS].map((at) => keptSlot(seconds, at)));
  let sure = served;
  for (const slot of unsure) if (slot >= 0) sure -= seconds.served[slot] ?? 0;
  return sure;
}
