import { useMemo, useState } from "react";
import { useStore } from "zustand";
import { readCounters } from "../../domain/record/counters.ts";
import { formatCount, formatCounted } from "../../domain/base/formats.ts";
import { exchangeOf } from "../../domain/frames/wireLines.ts";
import { recordStore } from "../../stores/record/recordStore.ts";
import { selectionStore } from "../../stores/page/selectionStore.ts";
import { RowGrid } from "../lists/RowGrid.tsx";
import { useShownEvery } from "../record/useRecord.ts";
import { useCurrentStep } from "../record/useCurrentStep.ts";
import { useChosenFrame } from "./useChosenFrame.ts";
import { useWireRows } from "./useWireRows.ts";
import { WireCells } from "./WireCells.tsx";
import { WireDetail } from "./WireDetail.tsx";
import { ANY_LINE, filterOf, isPicking } from "./wireFilter.ts";
import { WireFilterBar } from "./WireFilterBar.tsx";
import "./wire.css";

const COLUMNS = ["time", "connection", "way", "bytes", "line"];

/** Every line of the NATS protocol that crossed a connection of this page, the latest first. */
export function WireTab() {
  const version = useShownEvery(250);
  const { record } = recordStore.getState();
  const exchange = useStore(selectionStore, ({ selected: of }) => (of?.kind === "exchange" ? of.seq : null));
  const frame = useStore(selectionStore, ({ selected: of }) =>
    of?.kind === "exchange" ? (of.frame ?? null) : null,
  );
  const [pick, setPick] = useState(ANY_LINE);
  const only = pick.onlySelected ? exchange : null;
  const filter = useMemo(() => filterOf(pick, only), [pick, only]);
  const rows = useWireRows(filter, version);
  const current = useCurrentStep();
  const { chosen, choose } = useChosenFrame(record, exchange, current, frame);
  const filtering = isPicking(pick, only);

  const { dropped } = readCounters(record);
  return (
    <div className="wire">
      <WireFilterBar pick={pick} onChange={setPick} exchangeSelected={exchange !== null}>
        {filtering && (
          <span aria-live="polite">
            {formatCounted(rows.count, "line")}
            {rows.searching && " …"}
          </span>
        )}
        {dropped.events > 0 && (
          <span title="The record is bounded. Counters and latency still include them.">
            {formatCount(dropped.events)} oldest events discarded
          </span>
        )}
      </WireFilterBar>
      {rows.count === 0 && !filtering && !rows.searching ? (
        <div className="results-empty">
          <p className="results-empty-title">Send a request to see its protocol lines here.</p>
          <p>Every line of the NATS protocol on every connection of this page: SUB, PUB, MSG and the rest.</p>
        </div>
      ) : (
        <div className="wire-panes" data-detail={chosen !== null}>
          {/* Another filter is another list: it begins at its latest. */}
          <RowGrid
            key={JSON.stringify([pick, only])}
            label="Lines on the wire"
            rows={rows}
            columns={COLUMNS}
            look="wire-row"
            nothing="No line in the record matches."
            selected={chosen}
            current={current}
            reveal
            marked={(number) => exchange !== null && exchangeOf(record.events, number) === exchange}
            Cells={WireCells}
            onChoose={choose}
          />
          {chosen !== null && <WireDetail number={chosen} onClose={() => choose(null)} />}
        </div>
      )}
    </div>
  );
}
