import { useMemo } from "react";
import type { PeerId } from "../../domain/events/events.ts";
import { createHandlerLog } from "../../domain/narration/handlerLog.ts";
import { recordStore } from "../../stores/record/recordStore.ts";
import { clockTime } from "../results/messages/clockTime.ts";
import { useRecordEvery } from "../record/useRecord.ts";
import "./handlerLog.css";

interface Props {
  readonly peer: PeerId;
  readonly name: string;
  readonly most?: number;
  /** Shows nothing until there is a line. */
  readonly quiet?: boolean;
}

const MOST_LINES = 200;
const EVERY_MS = 200;

/** What the handler of one responder logged, newest first. */
export function HandlerLog({ peer, name, most = MOST_LINES, quiet = false }: Props) {
  useRecordEvery(EVERY_MS);
  const log = useMemo(() => createHandlerLog(recordStore.getState().record, peer, most), [peer, most]);
  const lines = log.read();
  if (quiet && lines.length === 0) return null;
  return (
    <div className="handler-log" data-quiet={quiet} role="log" aria-label={`Log of ${name}`} tabIndex={0}>
      {lines.length === 0 ? (
        <p className="field-hint">
          What the handler logs is shown here: <code>context.log(…)</code>
        </p>
      ) : (
        <ol>
          {lines.toReversed().map(({ number, at, words }) => (
            <li key={number}>
              <time className="handler-log-at">{clockTime(at)}</time>
              <span className="mono">{words}</span>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
