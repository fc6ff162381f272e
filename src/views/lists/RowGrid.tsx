import { useVirtualizer } from "@tanstack/react-virtual";
import {
  useEffect,
  useId,
  useRef,
  useState,
  type ComponentType,
  type KeyboardEvent,
  type MouseEvent,
} from "react";
import { useStore } from "zustand";
import { formatCounted } from "../../domain/base/formats.ts";
import { panelsStore } from "../../stores/page/panelsStore.ts";
import type { Rows } from "./rows.ts";
import { useFollow } from "./useFollow.ts";
import "./lists.css";

interface Props {
  readonly label: string;
  readonly rows: Rows;
  /** The words above the columns. */
  readonly columns: readonly string[];
  /** A class that lays out the columns of a row. */
  readonly look: string;
  /** Said when there are no rows. */
  readonly nothing: string;
  readonly selected: number | null;
  /** The row of the event that the page stands at. */
  readonly current?: number | null;
  /** Brings the selected row into view when it was selected elsewhere. */
  readonly reveal?: boolean;
  /** Rows that belong to what is selected. */
  readonly marked?: (number: number) => boolean;
  /** The cells of a row, one for each column. */
  readonly Cells: ComponentType<{ readonly number: number }>;
  readonly onChoose: (number: number) => void;
}

const NONE_MARKED = (): boolean => false;

/** A long list, newest first, of which only what is in view is drawn. It follows the newest until somebody reads in it. */
export function RowGrid(props: Props) {
  const {
    label,
    rows,
    columns,
    look,
    selected,
    current = null,
    reveal = false,
    marked = NONE_MARKED,
    Cells,
    onChoose,
  } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const list = useFollow(rows);
  const [active, setActive] = useState<number | null>(null);
  const presenting = useStore(panelsStore, (panels) => panels.presenting);
  const rowHeight = presenting ? 34 : 26;
  const virtual = useVirtualizer({
    count: list.count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 6,
  });

  /**
   * Brings a row between the head and the foot of what is seen. Not by the virtualizer, which goes on correcting its scrolling for
   * seconds: a list that becomes shorter meanwhile, as when one goes back in time, would be sent to its end.
   */
  const bringIntoView = (place: number): void => {
    const { current: seen } = scroller;
    if (!seen) return;
    const top = place * rowHeight;
    // The head stays at the top, so that much less is seen of the rows.
    const lowest = top + 2 * rowHeight - seen.clientHeight;
    if (seen.scrollTop > top) seen.scrollTop = top;
    else if (seen.scrollTop < lowest) seen.scrollTop = lowest;
  };

  /** Somebody reads in it. Where all rows have room, new ones move none of them out of sight, and nothing needs to stand still. */
  const hold = (): void => {
    const room = scroller.current?.clientHeight ?? 0;
    if (rowHeight * (list.count + 2) > room) list.hold("choosing");
  };
  const moveTo = (place: number): void => {
    const to = Math.max(0, Math.min(list.count - 1, place));
    const number = list.at(to);
    if (number === undefined) return;
    hold();
    setActive(number);
    bringIntoView(to);
  };
  const choose = (number: number): void => {
    hold();
    setActive(number);
    onChoose(number);
  };

  const revealed = useRef<{ readonly number: number; readonly place: number } | null>(null);
  useEffect(() => {
    if (!reveal) return;
    if (selected === null) {
      revealed.current = null;
      return;
    }
    const place = list.placeOf(selected);
    const again = revealed.current?.number === selected;
    // In the past, what happened later may leave the list only after the row was brought into view, and take it out of view.
    if (again && (current === null || revealed.current?.place === place)) return;
    if (list.at(place) !== selected) return; // not let through, or not looked at yet
    if (place < 0) return list.follow();
    revealed.current = { number: selected, place };
    if (again || selected !== active) moveTo(place);
  });

  const press = (event: KeyboardEvent): void => {
    // A presenter's remote steps through time with them.
    if (presenting && (event.key === "PageUp" || event.key === "PageDown")) return;
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
    const row = target instanceof Element ? target.closest<HTMLElement>("[data-number]") : null;
    if (row) choose(Number(row.dataset["number"]));
  };
  const followAgain = (): void => {
    list.follow();
    setActive(null);
    scroller.current?.scrollTo({ top: 0 });
  };

  if (list.count === 0) {
    return <div className="results-empty">{rows.searching ? <p>Looking …</p> : <p>{props.nothing}</p>}</div>;
  }
  const shown = virtual.getVirtualItems();
  const reachable = shown.some(({ index }) => list.at(index) === active);
  const rowId = (number: number): string => `${id}-${number}`;
  return (
    <div className="rows">
      {list.waiting > 0 && (
        <button type="button" className="rows-newer" onClick={followAgain}>
          ↑ {formatCounted(list.waiting, "newer", "newer")}
        </button>
      )}
      <div
        ref={scroller}
        className="rows-grid"
        role="grid"
        aria-label={label}
        aria-rowcount={list.count + 1}
        aria-activedescendant={active !== null && reachable ? rowId(active) : undefined}
        tabIndex={0}
        onKeyDown={press}
        onClick={click}
        onScroll={(event) => list.scrolled(event.currentTarget.scrollTop)}
      >
        <div className={`rows-row rows-head ${look}`} role="row" aria-rowindex={1}>
          {columns.map((words) => (
            <span key={words} role="columnheader" data-column={words}>
              {words}
            </span>
          ))}
        </div>
        <div className="rows-body" role="rowgroup" style={{ height: virtual.getTotalSize() }}>
          {shown.map(({ index, start }) => {
            const number = list.at(index);
            return (
              number !== undefined && (
                <div
                  key={number}
                  id={rowId(number)}
                  className={`rows-row rows-line ${look}`}
                  role="row"
                  aria-rowindex={index + 2}
                  aria-selected={number === selected}
                  aria-current={number === current || undefined}
                  data-number={number}
                  data-active={number === active}
                  data-marked={marked(number)}
                  style={{ height: rowHeight, transform: `translateY(${start}px)` }}
                >
                  <Cells number={number} />
                </div>
              )
            );
          })}
        </div>
      </div>
    </div>
  );
}
