import { Fragment } from "react";
import { useStore } from "zustand";
import { clientAddress, inTerminal } from "../../stores/server/clientAddress.ts";
import { serverStore } from "../../stores/server/serverStore.ts";

/** Words with `code` and **names of controls**. Nothing else is markup: the rest is text as it stands. */
export function Prose({ text }: { readonly text: string }) {
  const parts = text.split(/(`[^`]+`|\*\*[^*]+\*\*)/);
  return parts.map((part, at) => {
    // The words of a lesson never change their order.
    const key = `${at}`;
    if (part.startsWith("`nats ")) return <Command key={key} text={part.slice(1, -1)} />;
    if (part.startsWith("`")) return <code key={key}>{part.slice(1, -1)}</code>;
    if (part.startsWith("**")) return <strong key={key}>{part.slice(2, -2)}</strong>;
    return <Fragment key={key}>{part}</Fragment>;
  });
}

/** A command for a terminal, with the server that the page is on. */
function Command({ text }: { readonly text: string }) {
  const { prefix } = useStore(serverStore, ({ address }) => address);
  const address = clientAddress();
  return (
    <code title={address.guess === "" ? undefined : address.guess}>{inTerminal(text, address, prefix)}</code>
  );
}
