import { useState } from "react";
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
  const [draft, setDraft] = useState({ text: String(value), of: value });
  if (draft.of !== value) setDraft({ text: String(value), of: value });
  const problem = numberProblem(draft.text, min, max, whole) ?? further;

  const write = (text: string): void => {
    if (numberProblem(text, min, max, whole) !== null) {
      setDraft({ text, of: value });
      return;
    }
    setDraft({ text, of: Number(text) });
    onChange(Number(text));
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

function numberProblem(text: string, min: number, max: number, whole: boolean): string | null {
  const kind = whole ? "a whole number" : "a number";
  const number = Number(text);
  if (text.trim() === "" || !Number.isFinite(number)) return `Give ${kind} from ${min} to ${max}.`;
  if (whole && !Number.isInteger(number)) return `Give ${kind}; ${text.trim()} has a fraction.`;
  if (number < min || number > max) return `${text.trim()} is outside ${min} to ${max}.`;
  return null;
}
