import { notify } from "../../stores/noticesStore.ts";

/** What is about to be started: one call, several at once, or a load. Each needs other fields of the form. */
export type Sending = "one" | "several" | "load";

/**
 * Whether a field that the sending needs holds something that cannot be sent. If so the field is focused and it is said what is wrong:
 * a form that shows one thing and sends another, the last that was right, would lie.
 */
export function isUnsendable(card: Element | null, sending: Sending): boolean {
  const invalid = card?.querySelectorAll<HTMLElement>('[aria-invalid="true"]') ?? [];
  const field = [...invalid].find((candidate) => needs(sending, candidate));
  if (!field) return false;
  // A closed disclosure would keep the focus away.
  field.closest("details")?.setAttribute("open", "");
  field.focus();
  const problem = document.getElementById(field.getAttribute("aria-describedby") ?? "")?.textContent ?? "";
  notify("bad", `Nothing was sent. ${labelOf(field)}: ${problem}`);
  return true;
}

function needs(sending: Sending, field: Element): boolean {
  switch (labelOf(field)) {
    // A name that is still being written changes nothing about what is sent.
    case "Name":
      return false;
    case "How many":
      return sending === "several";
  }
  return sending === "load" || field.closest(".load") === null;
}

const labelOf = (field: Element): string =>
  (field.id === "" ? null : document.querySelector(`label[for="${CSS.escape(field.id)}"]`))?.textContent ??
  "A field";

/** The form of the requester that is open, for a key pressed anywhere on the page. */
export const openForm = (): Element | null => document.querySelector('.peer[data-open="true"]');
