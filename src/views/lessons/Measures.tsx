import { useStore } from "zustand";
import { watchStore } from "../../stores/lessons/lessonWatch.ts";

/** Figures of a step, each in a line, with a bar where it is a share. */
export function Measures({ step }: { readonly step: string }) {
  const measures = useStore(watchStore, (watch) => watch.measures[step]);
  if (!measures || measures.length === 0) return null;
  return (
    <dl className="measures">
      {measures.map(({ label, value, bar, band }, index) => (
        <div key={`${index} ${label}`} className="measure">
          <dt>{label}</dt>
          <dd>{value}</dd>
          {bar !== undefined && (
            <dd className="measure-bar" aria-hidden="true">
              {band && (
                <span
                  className="measure-band"
                  style={{ left: percent(band[0]), width: percent(band[1] - band[0]) }}
                />
              )}
              <span className="measure-fill" style={{ width: percent(bar) }} />
            </dd>
          )}
        </div>
      ))}
    </dl>
  );
}

const percent = (share: number): string => `${(Math.min(1, Math.max(0, share)) * 100).toFixed(1)}%`;
