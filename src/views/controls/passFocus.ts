/** From a row that is about to be removed to the same button of the one beside it, or to the list's first: not to nowhere. */
export function passFocus(button: HTMLButtonElement): void {
  const row = button.closest("li");
  const beside = row?.nextElementSibling ?? row?.previousElementSibling;
  const label = CSS.escape(button.ariaLabel ?? "");
  const heir =
    beside?.querySelector<HTMLElement>(`button[aria-label=${label}]`) ??
    button.closest("section")?.querySelector("button");
  heir?.focus();
}
