import { formatMs } from "../../../domain/base/formats.ts";
import type { Stage } from "../../../domain/narration/stages.ts";
import type { Instant } from "../../../domain/base/instant.ts";

interface Props {
  readonly stages: readonly Stage[];
  /** Times are told from here. */
  readonly startedAt: Instant | null;
}

export function Stages({ stages, startedAt }: Props) {
  return (
    <ol className="stages" aria-label="Steps of the request">
      {stages.map((stage) => (
        <li key={stage.title} className="stage" data-done={stage.done}>
          <p className="stage-title">
            {stage.title}
            {stage.at !== null && startedAt !== null && (
              <span className="stage-at">{formatMs(Math.max(0, stage.at - startedAt))}</span>
            )}
          </p>
          <p className="stage-words">{stage.words}</p>
        </li>
      ))}
    </ol>
  );
}
