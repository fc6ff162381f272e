import { memo } from "react";
import type { TranscriptLine } from "../../domain/transcript.ts";
import { select } from "../../stores/selectionStore.ts";
import { clockTime } from "../results/clockTime.ts";

interface Props {
  readonly lines: readonly TranscriptLine[];
  /** The exchange shown in the Inspector. */
  readonly selected: number | null;
}

export function TranscriptLines({ lines, selected }: Props) {
  return lines.map((line) => (
    <Line
      key={line.id}
      at={line.at}
      words={line.words}
      tone={line.tone}
      seq={line.seq}
      selected={line.seq !== null && line.seq === selected}
    />
  ));
}

type LineProps = Omit<TranscriptLine, "id"> & { readonly selected: boolean };

const Line = memo(function Line({ at, words, tone, seq, selected }: LineProps) {
  const time = <span className="transcript-at">{clockTime(at)} </span>;
  if (seq === null) {
    return (
      <p className="transcript-line" data-tone={tone}>
        {time}
        {words}
      </p>
    );
  }
  return (
    <p className="transcript-line" data-tone={tone} data-selected={selected}>
      {time}
      <button type="button" className="transcript-go" onClick={() => select({ kind: "exchange", seq })}>
        {words}
      </button>
    </p>
  );
});
