import { useId } from "react";
import { useStore } from "zustand";
import type { HandlerRef } from "../../domain/setup/setup.ts";
import { HANDLERS } from "../../handlers/catalogue.ts";
import { savedHandlers } from "../../stores/handlers/savedHandlers.ts";

interface Props {
  /** Null: several that differ. */
  readonly handler: HandlerRef | null;
  readonly onChange: (handler: HandlerRef) => void;
  /** Where no label stands beside it. */
  readonly label?: string;
  readonly id?: string;
  readonly "aria-describedby"?: string | undefined;
}

/** A built-in handler is chosen by its id, which has no colon. */
const SAVED = "saved:";
const OWN = "own:";
const DIFFERENT = "different:";

/** Which program answers: a built-in one, a saved one, or the responder's own code. */
export function HandlerSelect({ handler, onChange, label, id, ...wiring }: Props) {
  const own = useId();
  const saved = useStore(savedHandlers, (state) => state.handlers);
  const kept = saved.find(
    (each) => handler?.kind === "code" && each.title === handler.title && each.source === handler.source,
  );
  const unknown = handler?.kind === "builtin" && !HANDLERS.some((each) => each.id === handler.id);
  const value =
    handler === null
      ? DIFFERENT
      : handler.kind === "builtin"
        ? handler.id
        : kept === undefined
          ? OWN
          : SAVED + kept.title;
  const choose = (chosen: string): void => {
    if (!chosen.includes(":")) onChange({ kind: "builtin", id: chosen });
    const found = saved.find((each) => SAVED + each.title === chosen);
    if (found) onChange({ kind: "code", ...found });
  };
  return (
    <select
      id={id ?? own}
      aria-label={label}
      aria-describedby={wiring["aria-describedby"]}
      className="input"
      value={value}
      onChange={(event) => choose(event.target.value)}
    >
      {value === DIFFERENT && <option value={DIFFERENT}>different handlers</option>}
      {value === OWN && handler?.kind === "code" && <option value={OWN}>{handler.title}, own code</option>}
      {unknown && <option value={value}>{value}, which this page does not have</option>}
      <optgroup label="Built-in">
        {HANDLERS.map((each) => (
          <option key={each.id} value={each.id}>
            {each.title}
          </option>
        ))}
      </optgroup>
      {saved.length > 0 && (
        <optgroup label="Saved">
          {saved.map(({ title }) => (
            <option key={title} value={SAVED + title}>
              {title}
            </option>
          ))}
        </optgroup>
      )}
    </select>
  );
}
