import { useEffect, useState } from "react";
import { shownStore } from "../../stores/shownRecord.ts";

/** While one moves through the past, what is read has to keep up with what is drawn. */
const EVERY_IN_PAST_MS = 50;

/**
 * A number that changes with what the page shows of the record: followed at once and then at most every `everyMs` while live, for
 * views that read so much of it that following each frame would cost the traffic its time.
 */
export function useShownEvery(everyMs: number): number {
  const [version, setVersion] = useState(() => shownStore.getState().version);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let lastAt = -Infinity;
    let past = shownStore.getState().record.past !== null;
    const show = (): void => {
      clearTimeout(timer);
      timer = undefined;
      lastAt = performance.now();
      setVersion(shownStore.getState().version);
    };
    const stop = shownStore.subscribe(({ record }) => {
      const turned = past !== (record.past !== null);
      past = record.past !== null;
      // To stop, and to go on, is seen at once.
      if (turned) return show();
      const every = past ? Math.min(everyMs, EVERY_IN_PAST_MS) : everyMs;
      timer ??= setTimeout(show, Math.max(0, lastAt + every - performance.now()));
    });
    show();
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [everyMs]);
  return version;
}
