import { memo } from "react";
import { select, type Selection } from "../../stores/page/selectionStore.ts";
import { clockTime } from "../results/messages/clockTime.ts";
import type { TranscriptLine } from "../../domain/narration/transcriptLine.ts";

interface Props {
  readonly lines: readonly TranscriptLine[];
  /** The exchange shown in the Inspector. */
  readonly selected: number | null;
  /** The id of the line that tells of the instant that is looked at; null while live. */
  readonly current: string | null;
}

export function TranscriptLines({ lines, selected, current }: Props) {
  return lines.map((line) => (
    <Line
      key={line.id}
      at={line.at}
      words={line.words}
      tone={line.tone}
      seq={line.seq}
      unsent={line.unsent}
      selected={line.seq !== null && line.seq === selected}
      current={line.id === current}
    />
  ));
}

type LineProps = Omit<TranscriptLine, "id"> & { readonly selected: boolean; readonly current: boolean };

const Line = memo(function Line({ at, words, tone, seq, unsent, selected, current }: LineProps) {
  const time = <span className="transcript-at">{clockTime(at)} </span>;
  const goal: Selection | null =
    seq !== null ? { kind: "exchange", seq } : unsent !== null ? { kind: "unsent", number: unsent } : null;
  if (goal === null) {
    return (
      <p className="transcript-line" data-tone={tone} aria-current={current || undefined}>
        {time}
        {words}
      </p>
    );
  }
  return (
    <p
      className="transcript-line"
      data-tone={tone}
      data-selected={selected}
      aria-current={current || undefined}
    >
      {time}
      <button type="button" className="transcript-go" onClick={() => select(goal)}>
        {words}
      </button>
    </p>
  );
});
