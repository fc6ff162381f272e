import { dismiss, notify } from "../../stores/page/noticesStore.ts";

/**
 * Whether a form holds something that is not valid. If so the field is focused, and it is said what was not done, as in “Nothing was
 * sent.”, and what is wrong, until it no longer is: a form that shows one thing and does another, with the last value that was right,
 * would lie. `needs` leaves out fields that do not matter for what is to be done.
 */
export function refuseInvalid(
  form: Element | null,
  undone: string,
  needs: (label: string, field: Element) => boolean = () => true,
): boolean {
  const invalid = form?.querySelectorAll<HTMLElement>('[aria-invalid="true"]') ?? [];
  const field = [...invalid].find((candidate) => needs(labelOf(candidate), candidate));
  if (!field) return false;
  // Closed disclosures would keep the focus away.
  for (let each = field.closest("details"); each; each = each.parentElement?.closest("details") ?? null)
    each.open = true;
  field.focus();
  const problem = document.getElementById(field.getAttribute("aria-describedby") ?? "")?.textContent ?? "";
  const notice = notify("refused", `${undone} ${labelOf(field)}: ${problem}`);
  const watch = new MutationObserver(() => {
    if (field.getAttribute("aria-invalid") === "true") return;
    watch.disconnect();
    dismiss(notice);
  });
  watch.observe(field, { attributeFilter: ["aria-invalid"] });
  return true;
}

const labelOf = (field: Element): string =>
  (field.id === "" ? null : document.querySelector(`label[for="${CSS.escape(field.id)}"]`))?.textContent ??
  "A field";
