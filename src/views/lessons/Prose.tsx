import { Copy, Eraser, LogOut, Play, Skull, Snowflake, Sun, type LucideIcon } from "lucide-react";
import { Fragment } from "react";
import { useStore } from "zustand";
import { meaningOf, readTerm } from "../../lessons/glossary.ts";
import { clientAddress, inTerminal } from "../../stores/server/clientAddress.ts";
import { serverStore } from "../../stores/server/serverStore.ts";

/** The icons of the buttons that show nothing else, as the responders and the results have them: by its name alone nobody would find such a button. */
const ICONS: Readonly<Record<string, LucideIcon | undefined>> = {
  Start: Play,
  Freeze: Snowflake,
  Thaw: Sun,
  Drain: LogOut,
  Kill: Skull,
  Duplicate: Copy,
  Reset: Eraser,
};

/** Words with `code`, **names of controls** and [[terms]] that are explained. Nothing else is markup: the rest is text as it stands. */
export function Prose({ text }: { readonly text: string }) {
  const parts = text.split(/(`[^`]+`|\*\*[^*]+\*\*|\[\[[^\]]+\]\])/);
  return parts.map((part, index) => {
    // The words of a lesson never change their order.
    const key = `${index}`;
    if (part.startsWith("`nats ")) return <Command key={key} text={part.slice(1, -1)} />;
    if (part.startsWith("`")) return <code key={key}>{part.slice(1, -1)}</code>;
    if (part.startsWith("[[")) return <TermWords key={key} written={part} />;
    if (part.startsWith("**")) return <ControlName key={key} name={part.slice(2, -2)} />;
    return <Fragment key={key}>{part}</Fragment>;
  });
}

/** A word that is explained where it stands: to whoever points at it, taps it, or comes to it with the keyboard. */
function TermWords({ written }: { readonly written: string }) {
  const { words, term } = readTerm(written);
  const meaning = meaningOf(term);
  if (meaning === undefined) return words;
  return (
    <button type="button" className="prose-term" data-tip={meaning} data-tip-pressed="">
      {words}
    </button>
  );
}

function ControlName({ name }: { readonly name: string }) {
  const Icon = ICONS[name];
  return (
    <strong>
      {Icon && <Icon className="prose-icon" size={13} aria-hidden />}
      {name}
    </strong>
  );
}

/** A command for a terminal, with the server that the page is on. */
function Command({ text }: { readonly text: string }) {
  const { prefix } = useStore(serverStore, ({ address }) => address);
  const address = clientAddress();
  return (
    <code title={address.guess === "" ? undefined : address.guess}>{inTerminal(text, address, prefix)}</code>
  );
}
