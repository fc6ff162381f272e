import { useId } from "react";

interface Props {
  readonly label: string;
  readonly checked: boolean;
  /** What the present choice means. */
  readonly hint?: string | undefined;
  readonly onChange: (checked: boolean) => void;
}

export function CheckField({ label, checked, hint, onChange }: Props) {
  const said = useId();
  return (
    <>
      <label className="check">
        <input
          type="checkbox"
          checked={checked}
          aria-describedby={hint && said}
          onChange={(event) => onChange(event.target.checked)}
        />
        {label}
      </label>
      {hint && (
        <p id={said} className="field-hint">
          {hint}
        </p>
      )}
    </>
  );
}
