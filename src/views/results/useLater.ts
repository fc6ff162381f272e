import { useEffect, useState } from "react";

/** A version as it was so many ms ago: what depends on it is not drawn in the same moment as what follows it at once. */
export function useLater(version: number, ms: number): number {
  const [later, setLater] = useState(version);
  useEffect(() => {
    const timer = setTimeout(() => setLater(version), ms);
    return () => clearTimeout(timer);
  }, [version, ms]);
  return later;
}
