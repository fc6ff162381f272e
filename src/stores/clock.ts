import type { Instant } from "../domain/events.ts";

/** Now, in epoch milliseconds with a fraction, on the clock that every recorded event is brought to. */
export const pageNow = (): Instant => performance.timeOrigin + performance.now();
