import { useMemo } from "react";
import { remarkableCharacters, type Remarkable } from "../../domain/base/characters.ts";
import { Button } from "../controls/Button.tsx";

interface Props {
  readonly name: string;
  /** What the editor shows: this is agreed to and run, and nothing else. */
  readonly source: string;
  /** It was changed here. */
  readonly edited: boolean;
  readonly onAgree: () => void;
}

/** So many kinds of remarkable characters are listed, and so many lines of each. */
const MOST_LISTED = 6;
const MOST_LINES = 4;

/** Asks for agreement to code that came from elsewhere. */
export function Review({ name, source, edited, onAgree }: Props) {
  const remarkable = useMemo(() => remarkableCharacters(source), [source]);
  const lines = source.split("\n").length;
  return (
    <div className="handler-review" role="alert">
      <div>
        <p>
          This code came from elsewhere{edited && ", was changed here,"} and does not run yet. Read all{" "}
          {lines === 1 ? "of its one line" : `${lines} lines`}. It would run in a sandbox, without this page,
          its storage or a network of its own; it can answer requests and ask others through NATS as{" "}
          <span translate="no">{name}</span>.
        </p>
        {remarkable.length > 0 && (
          <p className="handler-remarkable">
            Look twice: it holds {remarkable.slice(0, MOST_LISTED).map(wordsOf).join("; ")}
            {remarkable.length > MOST_LISTED &&
              `; and ${remarkable.length - MOST_LISTED} more such characters`}
            .
          </p>
        )}
      </div>
      <Button look="primary" onClick={onAgree}>
        Agree and run
      </Button>
    </div>
  );
}

function wordsOf({ name, lines }: Remarkable): string {
  const listed = lines.slice(0, MOST_LINES).join(", ");
  return `${name} in line ${listed}${lines.length > MOST_LINES ? " …" : ""}`;
}
