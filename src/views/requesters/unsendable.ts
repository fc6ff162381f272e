import { activeRequester } from "../../stores/peers/activeRequester.ts";
import { send } from "../../stores/peers/requesterActions.ts";
import { refuseInvalid } from "../controls/refuseInvalid.ts";

/** What is about to be started: one call, several at once, or a load. Each needs other fields of the form. */
export type Sending = "one" | "several" | "load";

/** Whether a field that the sending needs holds something that cannot be sent; if so that is said. */
export const isUnsendable = (card: Element | null, sending: Sending): boolean =>
  refuseInvalid(card, "Nothing was sent.", (label, field) => needs(sending, label, field));

function needs(sending: Sending, label: string, field: Element): boolean {
  switch (label) {
    // A name that is still being written changes nothing about what is sent.
    case "Name":
      return false;
    case "Requests to send":
      return sending === "several";
  }
  return sending === "load" || field.closest(".load") === null;
}

/** The form of the requester that is open, for what is pressed elsewhere. */
export const openForm = (): Element | null => document.querySelector('.peer[data-open="true"]');

/** Sends from the requester whose form is open, by a key or a button anywhere on the page. */
export function sendActive(count: number): void {
  const active = activeRequester();
  if (active && !isUnsendable(openForm(), "one")) send(active.id, count);
}
