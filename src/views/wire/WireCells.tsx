import { memo } from "react";
import { formatCount, NOTHING } from "../../domain/base/formats.ts";
import { readFrame } from "../../domain/frames/wireLines.ts";
import { nameOf } from "../../stores/peers/peersStore.ts";
import { recordStore } from "../../stores/record/recordStore.ts";
import { frameTime, glimpseOf, toneOf, WAYS } from "./frameWords.ts";
import { LineWords } from "./LineWords.tsx";

/** The length of `14:03:`, which is left out where there is little room. */
const MINUTE = 6;

/** What crossed does not change, so it is read once. */
export const WireCells = memo(function WireCells({ number }: { readonly number: number }) {
  const frame = readFrame(recordStore.getState().record, number);
  if (!frame) return <span role="gridcell">no longer in the record</span>;
  const { arrow, words } = WAYS[frame.direction];
  const time = frameTime(frame.at);
  const glimpse = glimpseOf(frame);
  return (
    <>
      <span role="gridcell" data-column="time">
        <span className="wire-minute">{time.slice(0, MINUTE)}</span>
        {time.slice(MINUTE)}
      </span>
      <span role="gridcell" data-column="connection">
        {nameOf(frame.peer)}
      </span>
      <span role="gridcell" data-column="way" data-tone={toneOf(frame)}>
        <span aria-hidden="true">{arrow}</span>
        <span className="visually-hidden">{words}</span>
      </span>
      <span role="gridcell" data-column="bytes">
        {frame.bytes === null ? NOTHING : formatCount(frame.bytes)}
      </span>
      <span role="gridcell" data-column="line">
        <LineWords frame={frame} />
        {glimpse !== "" && <bdi className="wire-glimpse">{glimpse}</bdi>}
      </span>
    </>
  );
});
