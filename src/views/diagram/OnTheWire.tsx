import { flightMarks } from "../../domain/schedule/flight.ts";
import { onTheWire } from "../../domain/schedule/onTheWire.ts";
import { nameOf } from "../../stores/peers/peersStore.ts";
import { displayStore, drawnNow } from "../../stores/record/displayStore.ts";
import { shownPast } from "../../stores/record/shownRecord.ts";
import { useDisplay } from "../record/useDisplay.ts";

/** More than this nobody reads. */
const MOST_LINES = 60;

/** What the canvas shows, in words, for those who cannot see it: what is on which hop, and in whose hands. */
export function OnTheWire() {
  const lines = useDisplay(linesNow);
  return (
    <ul className="visually-hidden" aria-label="On the wire">
      {lines.split("\n").map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

const NOTHING = "Nothing is moving.";

let known: { readonly of: object | null; readonly version: number; readonly lines: string } | null = null;

/** The lines, joined: a text can be compared. */
function linesNow(): string {
  const past = shownPast();
  const { version, at } = displayStore.getState();
  if (known?.of === past && known.version === version) return known.lines;
  const { drawn, failedMs } = drawnNow();
  const marks = drawn.flatMap(({ flight }) => flightMarks(flight, past?.at ?? at, failedMs));
  const lines = onTheWire(marks, nameOf).slice(0, MOST_LINES).join("\n") || NOTHING;
  known = { of: past, version, lines };
  return lines;
}
