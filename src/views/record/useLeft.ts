import { useEffect, useState } from "react";
import { pageNow } from "../../stores/page/clock.ts";
import { shownPast } from "../../stores/record/shownRecord.ts";
import type { Instant } from "../../domain/base/instant.ts";

const EVERY_MS = 100;

/** How much time is left until an instant, in ms; null when there is none, or when it is over. Runs down by itself while live. */
export function useLeft(until: Instant | null): number | null {
  const [, setTick] = useState(0);
  const past = shownPast();
  const left = until === null ? 0 : until - (past?.at ?? pageNow());
  const running = past === null && left > 0;
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => setTick((tick) => tick + 1), EVERY_MS);
    return () => clearInterval(timer);
  }, [running, until]);
  return left > 0 ? left : null;
}

/** Such as `3.2 s`: what runs down is read at a glance. */
export const leftWords = (ms: number): string => `${(Math.ceil(ms / 100) / 10).toFixed(1)} s`;
