import { Field } from "./Field.tsx";

interface Props<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly words: string }[];
  /** What is wrong with what is chosen, together with the rest, or null. */
  readonly problem?: string | null;
  readonly hint?: string | undefined;
  readonly onChange: (value: T) => void;
}

export function SelectField<T extends string>({
  label,
  value,
  options,
  problem = null,
  hint,
  onChange,
}: Props<T>) {
  return (
    <Field label={label} problem={problem} hint={hint}>
      {(wiring) => (
        <select
          {...wiring}
          className="input"
          value={value}
          onChange={(event) => {
            const chosen = options.find((option) => option.value === event.target.value);
            if (chosen) onChange(chosen.value);
          }}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.words}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
