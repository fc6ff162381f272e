import { useId, type ReactNode } from "react";

interface Wiring {
  readonly id: string;
  readonly "aria-invalid": boolean;
  readonly "aria-describedby": string | undefined;
}

interface Props {
  readonly label: string;
  /** What is wrong with the value, or null. */
  readonly problem?: string | null;
  readonly hint?: string | undefined;
  readonly children: (wiring: Wiring) => ReactNode;
}

/** A label, a control, and beneath it what is wrong with the control's value. */
export function Field({ label, problem = null, hint, children }: Props) {
  const id = useId();
  const said = `${id}-said`;
  const words = problem ?? hint;
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      {children({ id, "aria-invalid": problem !== null, "aria-describedby": words ? said : undefined })}
      {words && (
        <p
          id={said}
          className={problem === null ? "field-hint" : "field-problem"}
          role={problem === null ? undefined : "alert"}
        >
          {words}
        </p>
      )}
    </div>
  );
}
