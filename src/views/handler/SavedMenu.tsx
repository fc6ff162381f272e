import { Library, Pencil, Trash2 } from "lucide-react";
import { Popover } from "radix-ui";
import { useState, type FormEvent } from "react";
import { useStore } from "zustand";
import { checkHandlerTitle } from "../../domain/setup/handlerSource.ts";
import { renameHandler } from "../../stores/peers/handlerActions.ts";
import { deleteSavedHandler, savedHandlers } from "../../stores/handlers/savedHandlers.ts";
import { Button } from "../controls/Button.tsx";
import { Field } from "../controls/Field.tsx";
import { IconButton } from "../controls/IconButton.tsx";

/** The handlers that were saved: another name, or away with them. */
export function SavedMenu() {
  const handlers = useStore(savedHandlers, (state) => state.handlers);
  const [renaming, setRenaming] = useState<string | null>(null);
  if (handlers.length === 0) return null;
  return (
    <Popover.Root onOpenChange={() => setRenaming(null)}>
      <Popover.Trigger asChild>
        <button type="button" className="icon-button" aria-label="Saved handlers" title="Saved handlers">
          <Library size={15} />
        </button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="results-ask"
          side="bottom"
          align="end"
          sideOffset={6}
          collisionPadding={8}
          aria-label="Saved handlers"
        >
          <ul className="handler-saved">
            {handlers.map(({ title }) => (
              <li key={title}>
                {renaming === title ? (
                  <Rename title={title} onDone={() => setRenaming(null)} />
                ) : (
                  <>
                    <span className="handler-saved-title">{title}</span>
                    <IconButton label={`Rename ${title}`} onClick={() => setRenaming(title)}>
                      <Pencil size={14} />
                    </IconButton>
                    <IconButton label={`Delete ${title}`} onClick={() => deleteSavedHandler(title)}>
                      <Trash2 size={14} />
                    </IconButton>
                  </>
                )}
              </li>
            ))}
          </ul>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Rename({ title, onDone }: { readonly title: string; readonly onDone: () => void }) {
  const [name, setName] = useState(title);
  const [refusal, setRefusal] = useState<string | null>(null);
  const problem = refusal ?? checkHandlerTitle(name);
  const rename = (event: FormEvent): void => {
    event.preventDefault();
    const wrong = problem ?? renameHandler(title, name);
    setRefusal(wrong);
    if (wrong === null) onDone();
  };
  return (
    <form className="handler-rename" onSubmit={rename}>
      <Field label={`New name of ${title}`} problem={problem}>
        {(wiring) => (
          <input
            {...wiring}
            className="input"
            value={name}
            autoComplete="off"
            ref={(input) => input?.focus()}
            onChange={(event) => {
              setRefusal(null);
              setName(event.target.value);
            }}
          />
        )}
      </Field>
      <Button type="submit">Rename</Button>
    </form>
  );
}
