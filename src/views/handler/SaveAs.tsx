import { Popover } from "radix-ui";
import { useState, type FormEvent } from "react";
import { useStore } from "zustand";
import { checkHandlerTitle } from "../../domain/setup/handlerSource.ts";
import { notify } from "../../stores/page/noticesStore.ts";
import type { ResponderPeer } from "../../stores/peers/peersStore.ts";
import { editResponder } from "../../stores/peers/responderActions.ts";
import { saveHandler, savedHandlers } from "../../stores/handlers/savedHandlers.ts";
import { Button } from "../controls/Button.tsx";
import { Field } from "../controls/Field.tsx";

interface Props {
  readonly peer: ResponderPeer;
  /** What the handler is called now. */
  readonly title: string;
  readonly source: string;
  /** The source is what runs, so what runs has the name from now on. */
  readonly applied: boolean;
}

/** Keeps what the editor shows under a name, for any responder. */
export function SaveAs({ peer, title, source, applied }: Props) {
  const [name, setName] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const taken = useStore(savedHandlers, ({ handlers }) => handlers.some((each) => each.title === name));
  const problem = name === null ? null : (refusal ?? checkHandlerTitle(name));
  const { handler } = peer.setup;
  const unreviewed = peer.state === "unreviewed";

  const save = (event: FormEvent): void => {
    event.preventDefault();
    if (name === null) return;
    const basedOn = handler.kind === "builtin" ? handler.id : handler.basedOn;
    const kept = { title: name, source, ...(basedOn !== undefined && { basedOn }) };
    const wrong = saveHandler(kept);
    setRefusal(wrong);
    if (wrong !== null) return;
    setName(null);
    if (applied && !unreviewed && handler.kind === "code") {
      editResponder(peer.id, { handler: { kind: "code", ...kept } });
    }
    notify("neutral", `Saved as ${name}. Any responder can use it: choose it as its Handler.`);
  };
  return (
    <Popover.Root open={name !== null} onOpenChange={(open) => setName(open ? title : null)}>
      <Popover.Trigger asChild>
        <Button>Save as …</Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="results-ask"
          side="bottom"
          align="end"
          sideOffset={6}
          collisionPadding={8}
          aria-label="Save the handler"
        >
          <form className="handler-save" onSubmit={save}>
            <Field label="Name of the handler" problem={problem}>
              {(wiring) => (
                <input
                  {...wiring}
                  className="input"
                  value={name ?? ""}
                  autoComplete="off"
                  onChange={(event) => {
                    setRefusal(null);
                    setName(event.target.value);
                  }}
                />
              )}
            </Field>
            {taken && problem === null && (
              <p className="field-hint">This replaces the handler of the same name.</p>
            )}
            <div className="results-ask-actions">
              <Button look="quiet" onClick={() => setName(null)}>
                Cancel
              </Button>
              <Button look="primary" type="submit" disabled={problem !== null}>
                {taken ? "Replace" : "Save"}
              </Button>
            </div>
          </form>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
