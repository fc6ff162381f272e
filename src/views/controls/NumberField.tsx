import { useState } from "react";
import { formatCount } from "../../domain/base/formats.ts";
import { readNumber, writeNumber, type ReadNumber } from "../../domain/base/readNumber.ts";
import { Field } from "./Field.tsx";

interface Props {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly whole?: boolean;
  readonly unit?: string;
  readonly hint?: string;
  readonly disabled?: boolean;
  /** What is wrong with a number that is within its bounds, together with others; null for nothing. */
  readonly problem?: string | null;
  readonly onChange: (value: number) => void;
}

/** A number within bounds. A text that is none, or is out of bounds, is shown with its problem and changes nothing. */
export function NumberField({
  label,
  value,
  min,
  max,
  whole = false,
  unit,
  hint,
  disabled = false,
  problem: further = null,
  onChange,
}: Props) {
  const [draft, setDraft] = useState({ text: writeNumber(value), of: value });
  if (draft.of !== value) setDraft({ text: writeNumber(value), of: value });
  const read = check(draft.text, min, max, whole);
  const problem = read.ok ? further : read.problem;

  const write = (text: string): void => {
    const next = check(text, min, max, whole);
    setDraft({ text, of: next.ok ? next.value : value });
    if (next.ok) onChange(next.value);
  };
  return (
    <Field label={label} problem={problem} hint={hint}>
      {(wiring) => (
        <div className={unit === undefined ? "" : "input-with-unit"}>
          <input
            {...wiring}
            className="input"
            inputMode={whole ? "numeric" : "decimal"}
            autoComplete="off"
            value={draft.text}
            disabled={disabled}
            onChange={(event) => write(event.target.value)}
          />
          {unit !== undefined && <span className="input-unit">{unit}</span>}
        </div>
      )}
    </Field>
  );
}

function check(text: string, min: number, max: number, whole: boolean): ReadNumber {
  const bounds = `${writeCount(min)} to ${writeCount(max)}`;
  const read = readNumber(text);
  if (!read.ok) {
    const kind = whole ? "a whole number" : "a number";
    return { ok: false, problem: `${read.problem} Give ${kind} from ${bounds}.`.trim() };
  }
  if (whole && !Number.isInteger(read.value))
    return { ok: false, problem: `Give a whole number; ${text.trim()} has a fraction.` };
  if (read.value < min || read.value > max)
    return { ok: false, problem: `${text.trim()} is outside ${bounds}.` };
  return read;
}

const writeCount = (value: number): string =>
  Number.isInteger(value) ? formatCount(value) : writeNumber(value);
