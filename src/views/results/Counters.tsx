import { readCounters } from "../../domain/record/counters.ts";
import { formatCount } from "../../domain/base/formats.ts";
import { OUTCOMES } from "../../domain/events/outcomes.ts";
import { useStore } from "zustand";
import { pageNow } from "../../stores/page/clock.ts";
import { playbackStore } from "../../stores/record/playbackStore.ts";
import { recordStore } from "../../stores/record/recordStore.ts";
import { OutcomeMark, standingWords, type Standing } from "./messages/OutcomeMark.tsx";
import { useLater, useRecordEvery } from "../record/useRecord.ts";
import { ATTRIBUTION_WINDOW_MS, externalRequests } from "../../domain/record/outside.ts";

/** The law of conservation, written out: every call started is in exactly one of the counts after the equals sign. */
export function Counters() {
  const version = useRecordEvery(100);
  // Once more when it is sure who asked last.
  useLater(version, ATTRIBUTION_WINDOW_MS + 1);
  const past = useStore(playbackStore, ({ mode }) => mode !== "live");
  const { record } = recordStore.getState();
  const { calls, late, duplicate } = readCounters(record);
  const outside = externalRequests(record, pageNow());
  // What never happened is left out; what a person looks for first always stands there.
  const ended = OUTCOMES.filter((outcome) => outcome === "replied" || calls.outcomes[outcome] > 0);
  return (
    <div className="results-counters">
      {past && (
        <p className="results-now" title="Counters and charts keep counting while you look at the past">
          totals include later events
        </p>
      )}
      <p className="results-equation" aria-label="Calls">
        <span className="results-term" title="Calls started: each is counted once after the equals sign">
          <b>{formatCount(calls.started)}</b> started
        </span>
        {ended.map((outcome, index) => (
          <Term
            key={outcome}
            sign={index === 0 ? "=" : "+"}
            standing={outcome}
            count={calls.outcomes[outcome]}
          />
        ))}
        <Term sign="+" standing="inFlight" count={calls.inFlight} />
      </p>
      <p className="results-beside">
        <Beside count={late} words="late" hint="Replies that arrived after their request had timed out" />
        <Beside
          count={duplicate}
          words="duplicate"
          hint="Replies that arrived after another reply was taken: work done twice"
        />
        {outside > 0 && (
          <Beside
            count={outside}
            words="served externally"
            hint="Requests from programs outside the page, answered here"
          />
        )}
      </p>
    </div>
  );
}

interface TermProps {
  readonly sign: "=" | "+";
  readonly standing: Standing;
  readonly count: number;
}

function Term({ sign, standing, count }: TermProps) {
  return (
    <span className="results-term" data-zero={count === 0} data-standing={standing}>
      <span className="results-sign">{sign}</span>
      <OutcomeMark standing={standing} />
      <b>{formatCount(count)}</b> {standingWords(standing)}
    </span>
  );
}

interface BesideProps {
  readonly count: number;
  readonly words: string;
  readonly hint: string;
}

function Beside({ count, words, hint }: BesideProps) {
  return (
    <span className="results-term" data-zero={count === 0} title={hint}>
      <b>{formatCount(count)}</b> {words}
    </span>
  );
}
