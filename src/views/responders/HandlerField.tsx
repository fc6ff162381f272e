import { SquarePen } from "lucide-react";
import type { HandlerRef } from "../../domain/setup/setup.ts";
import { HANDLERS } from "../../handlers/catalogue.ts";
import { openHandler } from "../../stores/peers/handlerActions.ts";
import type { ResponderPeer } from "../../stores/peers/peersStore.ts";
import { editResponder } from "../../stores/peers/responderActions.ts";
import { Button } from "../controls/Button.tsx";
import { Field } from "../controls/Field.tsx";
import { HandlerSelect } from "./HandlerSelect.tsx";

/** Which program answers, and the way to its source. */
export function HandlerField({ peer }: { readonly peer: ResponderPeer }) {
  const { id, setup } = peer;
  return (
    <div>
      <Field label="Handler" hint={hintOf(setup.handler)}>
        {({ id: field, "aria-describedby": said }) => (
          <div className="form-handler-line">
            <HandlerSelect
              id={field}
              aria-describedby={said}
              handler={setup.handler}
              onChange={(handler) => editResponder(id, { handler })}
            />
            <Button onClick={() => openHandler(id)}>
              <SquarePen size={14} /> Edit handler
            </Button>
          </div>
        )}
      </Field>
    </div>
  );
}

const hintOf = (handler: HandlerRef): string | undefined =>
  handler.kind === "code"
    ? "Code of your own"
    : (HANDLERS.find(({ id }) => id === handler.id)?.description ??
      "Every request gets an error reply: choose another.");
