import type { ButtonHTMLAttributes, ReactNode } from "react";

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: "plain" | "primary" | "quiet";
  readonly children: ReactNode;
}

export function Button({ look = "plain", className = "", ...rest }: Props) {
  const style = look === "plain" ? "" : ` button-${look}`;
  return <button type="button" className={`button${style} ${className}`} {...rest} />;
}
