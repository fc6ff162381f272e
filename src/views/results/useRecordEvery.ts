import { useEffect, useState } from "react";
import { recordStore } from "../../stores/recordStore.ts";

/**
 * The version of the record, followed at once and then at most every `everyMs`: for views that read so much of it that
 * following each frame would cost the traffic its time.
 */
export function useRecordEvery(everyMs: number): number {
  const [version, setVersion] = useState(() => recordStore.getState().version);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let lastAt = -Infinity;
    const show = (): void => {
      timer = undefined;
      lastAt = performance.now();
      setVersion(recordStore.getState().version);
    };
    const stop = recordStore.subscribe(() => {
      timer ??= setTimeout(show, Math.max(0, lastAt + everyMs - performance.now()));
    });
    show();
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [everyMs]);
  return version;
}
