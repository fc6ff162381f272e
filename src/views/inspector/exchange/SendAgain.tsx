import { Pencil, Repeat } from "lucide-react";
import { useStore } from "zustand";
import type { Exchange } from "../../../domain/events/exchange.ts";
import { peersStore } from "../../../stores/peers/peersStore.ts";
import { openInForm, requestAgain, resenderOf, sendAgain } from "../../../stores/peers/resendActions.ts";
import { Button } from "../../controls/Button.tsx";
import { openForm } from "../../requesters/unsendable.ts";

/** The same request again: as it was, or from the form, changed. */
export function SendAgain({ exchange }: { readonly exchange: Exchange }) {
  // Whether there is anybody to send it, and who.
  const sender = useStore(peersStore, () => resenderOf(exchange)?.id);
  if (sender === undefined || exchange.request === null) return null;
  const again = (act: typeof sendAgain): void => {
    const peer = resenderOf(exchange);
    const request = peer && requestAgain(exchange, peer);
    if (request) act(peer, request);
  };
  if (exchange.request.bytes.length < exchange.request.size) {
    return (
      <p className="exchange-words">
        It cannot be sent again from here: only the beginning of its payload is in the record.
      </p>
    );
  }
  return (
    <>
      <Button onClick={() => again(sendAgain)}>
        <Repeat size={13} aria-hidden="true" />
        Send again
      </Button>
      <Button
        onClick={() => {
          again(openInForm);
          // The form that is open now is rendered first.
          setTimeout(() => openForm()?.querySelector("textarea")?.focus());
        }}
      >
        <Pencil size={13} aria-hidden="true" />
        Edit and send
      </Button>
    </>
  );
}
