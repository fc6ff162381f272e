import { Dialog } from "radix-ui";
import type { FormEvent } from "react";
import { useStore } from "zustand";
import { join } from "../../stores/app/classActions.ts";
import { classStore } from "../../stores/server/classStore.ts";
import { Button } from "../controls/Button.tsx";
import { Field } from "../controls/Field.tsx";
import "../controls/dialogBox.css";
import "../controls/forms.css";
import "./room.css";

/** Asks who a person is who opened the link of a class. There is nothing else to do before. */
export function JoinDialog() {
  const state = useStore(classStore);
  if (state.kind !== "asked") return null;
  const { name, joinCode, joining, problem } = state;
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const written = new FormData(event.currentTarget);
    join(textOf(written.get("name")), textOf(written.get("code")));
  };
  return (
    <Dialog.Root open>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-shade" />
        <Dialog.Content
          className="dialog"
          onEscapeKeyDown={(event) => event.preventDefault()}
          onInteractOutside={(event) => event.preventDefault()}
        >
          <Dialog.Title className="dialog-title">Join the class</Dialog.Title>
          <Dialog.Description className="dialog-words">
            Everybody is on the same nats-server. Your responders answer the others’ requests, and theirs
            answer yours.
          </Dialog.Description>
          <form className="room-join" onSubmit={submit} noValidate>
            <Field label="Your name">
              {(wiring) => (
                <input
                  {...wiring}
                  className="input"
                  name="name"
                  autoComplete="off"
                  maxLength={80}
                  defaultValue={name}
                />
              )}
            </Field>
            <Field label="Join code" problem={problem === "" ? null : problem}>
              {(wiring) => (
                <input
                  {...wiring}
                  className="input room-code-input"
                  name="code"
                  autoComplete="off"
                  autoCapitalize="characters"
                  spellCheck={false}
                  defaultValue={joinCode}
                />
              )}
            </Field>
            <div className="dialog-actions">
              <Button look="primary" type="submit" disabled={joining}>
                {joining ? "Joining …" : "Join"}
              </Button>
            </div>
          </form>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

const textOf = (value: FormDataEntryValue | null): string => (typeof value === "string" ? value : "");
