import type { ButtonHTMLAttributes, ReactNode, Ref } from "react";

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** The accessible name. */
  readonly label: string;
  /** What it does, where the name alone does not say it. */
  readonly hint?: string;
  readonly children: ReactNode;
  readonly ref?: Ref<HTMLButtonElement>;
}

/** A button that shows its name and what it does as a tip: see tips.ts. */
export function IconButton({ label, hint, className = "", ...rest }: Props) {
  return (
    <button
      type="button"
      aria-label={label}
      data-tip={hint === undefined ? label : `${label}: ${hint}`}
      className={`icon-button ${className}`}
      {...rest}
    />
  );
}
