import { useEffect, useState } from "react";
import { ownConnections } from "../../../stores/server/ownConnections.ts";
import { NOT_MONITORING, readMonitoring } from "../../../stores/server/readMonitoring.ts";
import {
  parseConnz,
  parseVarz,
  type Connections,
  type ServerVitals,
} from "../../../domain/server/monitoring.ts";

const EVERY_MS = 2000;

export interface Monitoring {
  /** The last good answer, or null. */
  readonly answer: {
    readonly vitals: ServerVitals;
    readonly connections: Connections;
    readonly at: number;
  } | null;
  /** Why there is none, or none any more; null while all is well. */
  readonly problem: string | null;
}

/** Asks a server's monitoring every two seconds, as long as somebody looks. */
export function useMonitoring(url: string | null): Monitoring {
  const [monitoring, setMonitoring] = useState<Monitoring & { readonly of: string | null }>({
    of: url,
    answer: null,
    problem: null,
  });
  useEffect(() => {
    if (url === null) return;
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async (): Promise<void> => {
      try {
        const [vitals, connections] = await Promise.all([
          readMonitoring(url, "/varz", stop.signal).then(({ answer }) => parseVarz(answer)),
          readMonitoring(url, "/connz?subs=detail&limit=512", stop.signal).then(({ answer, ours }) =>
            parseConnz(answer, ours ?? ownConnections()),
          ),
        ]);
        if (!vitals || !connections) throw new Error(NOT_MONITORING);
        setMonitoring({ of: url, answer: { vitals, connections, at: performance.now() }, problem: null });
      } catch (error) {
        if (stop.signal.aborted) return;
        const problem = error instanceof Error ? error.message : String(error);
        setMonitoring((before) => ({ of: url, answer: before.of === url ? before.answer : null, problem }));
      }
      if (!stop.signal.aborted) timer = setTimeout(() => void ask(), EVERY_MS);
    };
    void ask();
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [url]);
  return monitoring.of === url ? monitoring : { answer: null, problem: null };
}
