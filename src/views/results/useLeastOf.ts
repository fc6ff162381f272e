import { useEffect, useRef, useState } from "react";

/**
 * The least that a count was during the last `ms`, taken anew each `ms`: for counts that overshoot while two halves of one
 * story are on their way from different workers. A count that falls falls at once.
 */
export function useLeastOf(count: number, ms: number): number {
  const [shown, setShown] = useState(0);
  const latest = useRef(count);
  const least = useRef(count);
  useEffect(() => {
    latest.current = count;
    least.current = Math.min(least.current, count);
  }, [count]);
  useEffect(() => {
    const timer = setInterval(() => {
      setShown(least.current);
      least.current = latest.current;
    }, ms);
    return () => clearInterval(timer);
  }, [ms]);
  return Math.min(shown, count);
}
