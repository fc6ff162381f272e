import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef, useState, type KeyboardEvent, type MouseEvent } from "react";
import { useStore } from "zustand";
import { formatCounted } from "../../domain/formats.ts";
import { panelsStore } from "../../stores/panelsStore.ts";
import { select, selectionStore } from "../../stores/selectionStore.ts";
import { MessageRow, messageRowId } from "./MessageRow.tsx";
import { useFollow } from "./useFollow.ts";
import type { MessageRows } from "./useMessageRows.ts";

interface Props {
  readonly rows: MessageRows;
  readonly filtering: boolean;
}

const COLUMNS = ["time", "subject", "requester", "answered by", "outcome", "latency"];

export function MessageGrid({ rows, filtering }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const list = useFollow(rows);
  const [active, setActive] = useState<number | null>(null);
  const selected = useStore(selectionStore, ({ selected: of }) => (of?.kind === "exchange" ? of.seq : null));
  const rowHeight = useStore(panelsStore, (panels) => panels.presenting) ? 34 : 26;
  const virtual = useVirtualizer({
    count: list.count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 6,
    scrollPaddingStart: rowHeight,
  });

  const moveTo = (place: number): void => {
    const to = Math.max(0, Math.min(list.count - 1, place));
    const seq = list.at(to);
    if (seq === undefined) return;
    list.hold("choosing");
    setActive(seq);
    virtual.scrollToIndex(to);
  };
  const choose = (seq: number): void => {
    list.hold("choosing");
    setActive(seq);
    select({ kind: "exchange", seq });
  };
  const press = (event: KeyboardEvent): void => {
    const here = active === null ? -1 : list.placeOf(active);
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2);
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: here + 1,
      ArrowUp: here - 1,
      PageDown: here + page,
      PageUp: here - page,
      Home: 0,
      End: list.count - 1,
    };
    const place = moves[event.key];
    if (place !== undefined) moveTo(place);
    else if ((event.key === "Enter" || event.key === " ") && active !== null) choose(active);
    else return;
    event.preventDefault();
  };
  // The grid has the focus and the keys, so it takes the mouse for its rows as well.
  const click = ({ target }: MouseEvent): void => {
    const row = target instanceof Element ? target.closest<HTMLElement>("[data-seq]") : null;
    if (row) choose(Number(row.dataset["seq"]));
  };
  const followAgain = (): void => {
    list.follow();
    setActive(null);
    scroller.current?.scrollTo({ top: 0 });
  };

  if (list.count === 0) {
    return (
      <div className="results-empty">
        {rows.searching ? <p>Looking …</p> : <p>{filtering && "No exchange in the record is like that."}</p>}
      </div>
    );
  }
  const shown = virtual.getVirtualItems();
  const reachable = shown.some(({ index }) => list.at(index) === active);
  return (
    <div className="results-messages-holder">
      {list.waiting > 0 && (
        <button type="button" className="results-messages-newer" onClick={followAgain}>
          ↑ {formatCounted(list.waiting, "newer", "newer")}
        </button>
      )}
      <div
        ref={scroller}
        className="results-messages-grid"
        role="grid"
        aria-label="Exchanges"
        aria-rowcount={list.count + 1}
        aria-activedescendant={active !== null && reachable ? messageRowId(active) : undefined}
        tabIndex={0}
        onKeyDown={press}
        onClick={click}
        onScroll={(event) => list.scrolled(event.currentTarget.scrollTop)}
      >
        <div className="results-messages-row results-messages-head" role="row" aria-rowindex={1}>
          {COLUMNS.map((words) => (
            <span key={words} role="columnheader" data-column={words}>
              {words}
            </span>
          ))}
        </div>
        <div className="results-messages-body" role="rowgroup" style={{ height: virtual.getTotalSize() }}>
          {shown.map(({ index, start }) => {
            const seq = list.at(index);
            return (
              seq !== undefined && (
                <MessageRow
                  key={seq}
                  seq={seq}
                  place={index}
                  top={start}
                  height={rowHeight}
                  active={seq === active}
                  selected={seq === selected}
                />
              )
            );
          })}
        </div>
      </div>
    </div>
  );
}
