import { onTheWire } from "../../domain/schedule/onTheWire.ts";
import { nameOf } from "../../stores/peers/peersStore.ts";
import { shownMarks } from "../record/shownMarks.ts";
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

/** The lines, joined: a text can be compared. */
const linesNow = (): string => onTheWire(shownMarks(), nameOf).slice(0, MOST_LINES).join("\n") || NOTHING;
