import type { ReactNode } from "react";
import { wirePeers } from "../../domain/frames/wireLines.ts";
import { nameOf } from "../../stores/peers/peersStore.ts";
import { recordStore } from "../../stores/record/recordStore.ts";
import { WAYS } from "./frameWords.ts";
import { LINE_KINDS, type LinePick } from "./wireFilter.ts";

interface Props {
  readonly pick: LinePick;
  readonly onChange: (pick: LinePick) => void;
  readonly exchangeSelected: boolean;
  readonly children: ReactNode;
}

export function WireFilterBar({ pick, onChange, exchangeSelected, children }: Props) {
  return (
    <div className="wire-bar">
      <input
        className="input wire-text"
        type="search"
        aria-label="Filter by text of the line, headers or payload"
        placeholder="Line or payload"
        value={pick.text}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onChange({ ...pick, text: event.target.value })}
      />
      <select
        className="input wire-select"
        aria-label="Connection"
        value={pick.peer ?? ""}
        onChange={({ target: { value } }) => onChange({ ...pick, peer: value === "" ? null : Number(value) })}
      >
        <option value="">all connections</option>
        {wirePeers(recordStore.getState().record).map((peer) => (
          <option key={peer} value={peer}>
            {nameOf(peer)}
          </option>
        ))}
      </select>
      <select
        className="input wire-select"
        aria-label="Direction"
        value={pick.direction ?? ""}
        onChange={({ target: { value } }) =>
          onChange({ ...pick, direction: value === "out" || value === "in" ? value : null })
        }
      >
        <option value="">both ways</option>
        <option value="out">
          {WAYS.out.arrow} {WAYS.out.words}
        </option>
        <option value="in">
          {WAYS.in.arrow} {WAYS.in.words}
        </option>
      </select>
      <select
        className="input wire-select"
        aria-label="Kind"
        value={pick.kind}
        onChange={({ target: { value } }) => {
          const kind = LINE_KINDS.find(({ id }) => id === value);
          if (kind) onChange({ ...pick, kind: kind.id });
        }}
      >
        {LINE_KINDS.map(({ id, words }) => (
          <option key={id} value={id}>
            {words}
          </option>
        ))}
      </select>
      {exchangeSelected && (
        <button
          type="button"
          className="wire-chip"
          aria-label="this exchange only: the one that is selected"
          aria-pressed={pick.onlySelected}
          onClick={() => onChange({ ...pick, onlySelected: !pick.onlySelected })}
        >
          this exchange
        </button>
      )}
      <div className="wire-said">{children}</div>
    </div>
  );
}
