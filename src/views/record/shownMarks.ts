import { flightMarks, type Mark } from "../../domain/schedule/marks.ts";
import { displayStore, drawnNow } from "../../stores/record/displayStore.ts";
import { shownPast } from "../../stores/record/shownRecord.ts";

let known: { readonly of: object | null; readonly version: number; readonly marks: readonly Mark[] } | null =
  null;

/** What is to be seen in the diagram, for whoever tells of it in words: the same for all until that changes. */
export function shownMarks(): readonly Mark[] {
  const past = shownPast();
  const { version, at } = displayStore.getState();
  if (known?.of === past && known.version === version) return known.marks;
  const { drawn, failedMs } = drawnNow();
  const marks = drawn.flatMap(({ flight }) => flightMarks(flight, past?.at ?? at, failedMs));
  known = { of: past, version, marks };
  return marks;
}
