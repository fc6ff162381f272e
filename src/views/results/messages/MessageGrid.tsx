import { useStore } from "zustand";
import { select, selectionStore } from "../../../stores/page/selectionStore.ts";
import { RowGrid } from "../../lists/RowGrid.tsx";
import type { Rows } from "../../lists/rows.ts";
import { MessageCells } from "./MessageCells.tsx";

interface Props {
  readonly rows: Rows;
  readonly filtering: boolean;
}

const COLUMNS = ["time", "subject", "requester", "answered by", "outcome", "latency"];

export function MessageGrid({ rows, filtering }: Props) {
  const selected = useStore(selectionStore, ({ selected: of }) =>
    of?.kind === "exchange" ? of.seq : of?.kind === "message" ? -of.number : null,
  );
  return (
    <RowGrid
      label="Exchanges"
      rows={rows}
      columns={COLUMNS}
      look="results-messages-row"
      nothing={filtering ? "No exchange in the record matches." : ""}
      selected={selected}
      Cells={MessageCells}
      onChoose={(row) => select(row < 0 ? { kind: "message", number: -row } : { kind: "exchange", seq: row })}
    />
  );
}
