import { useEffect, useState } from "react";

/** Whole seconds since a moment of `performance.now()`, or null for none. */
export function useAge(at: number | null): number | null {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    if (at === null) return;
    const timer = setInterval(() => setNow(performance.now()), 1000);
    return () => clearInterval(timer);
  }, [at]);
  return at === null ? null : Math.max(0, Math.floor((now - at) / 1000));
}
