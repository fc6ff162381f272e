import { useStore } from "zustand";
import type { HandlerRef } from "../../domain/setup.ts";
import { HANDLERS } from "../../handlers/catalogue.ts";
import { savedHandlers } from "../../stores/savedHandlers.ts";
import { Field } from "../controls/Field.tsx";

interface Props {
  readonly handler: HandlerRef;
  readonly onChange: (handler: HandlerRef) => void;
}

const BUILTIN = "builtin:";
const SAVED = "saved:";
const OWN = "own";

/** Which program answers: a built-in one, a saved one, or the responder's own code, which can be edited. */
export function HandlerField({ handler, onChange }: Props) {
  const saved = useStore(savedHandlers, (state) => state.handlers);
  const kept = saved.find((each) => handler.kind === "code" && sameCode(each, handler));
  const value =
    handler.kind === "builtin" ? BUILTIN + handler.id : kept === undefined ? OWN : SAVED + kept.title;
  const choose = (chosen: string): void => {
    if (chosen.startsWith(BUILTIN)) onChange({ kind: "builtin", id: chosen.slice(BUILTIN.length) });
    const found = saved.find((each) => SAVED + each.title === chosen);
    if (found) onChange({ kind: "code", ...found });
  };
  return (
    <div className="form-handler">
      <Field label="Handler" hint={hintOf(handler)}>
        {(wiring) => (
          <select
            {...wiring}
            className="input"
            value={value}
            onChange={(event) => choose(event.target.value)}
          >
            {value === OWN && handler.kind === "code" && <option value={OWN}>{handler.title}, edited</option>}
            <optgroup label="Built-in">
              {HANDLERS.map((each) => (
                <option key={each.id} value={BUILTIN + each.id}>
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
        )}
      </Field>
    </div>
  );
}

const sameCode = (
  one: { title: string; source: string },
  other: { title: string; source: string },
): boolean => one.title === other.title && one.source === other.source;

const hintOf = (handler: HandlerRef): string | undefined =>
  handler.kind === "builtin" ? HANDLERS.find(({ id }) => id === handler.id)?.description : "Code of your own";
