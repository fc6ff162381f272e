import type { Instant } from "./events.ts";
import type { TrafficRecord } from "./record.ts";
import { keptSlot } from "./seconds.ts";

const SECOND_MS = 1000;

/**
 * Answers to requesters elsewhere, as far as that is sure. What one worker saw may be known before what another did, so those of the
 * last one or two seconds are left out: a peer of this page may still tell that it asked. `now` is epoch ms on the page's clock.
 */
export function servedOutside({ served, seconds }: TrafficRecord, now: Instant): number {
  let sure = served;
  // Clocks of workers may be a little ahead.
  for (const at of [now + SECOND_MS, now, now - SECOND_MS]) {
    const slot = keptSlot(seconds, at);
    if (slot >= 0) sure -= seconds.served[slot] ?? 0;
  }
  return sure;
}
