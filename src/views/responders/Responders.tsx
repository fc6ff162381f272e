import { Plus } from "lucide-react";
import { useState } from "react";
import { useStore } from "zustand";
import { formatCounted } from "../../domain/base/formats.ts";
import { peersStore } from "../../stores/peers/peersStore.ts";
import { addResponder, addResponders, MOST_RESPONDERS } from "../../stores/peers/responderActions.ts";
import { select } from "../../stores/page/selectionStore.ts";
import { Button } from "../controls/Button.tsx";
import { NumberField } from "../controls/NumberField.tsx";
import { refuseInvalid } from "../controls/refuseInvalid.ts";
import { useAdvanced } from "../requesters/useAdvanced.ts";
import { ResponderRow } from "./ResponderRow.tsx";

/** More than these have one line each, in a list that scrolls. */
const MANY = 5;

export function Responders() {
  const responders = useStore(peersStore, (peers) => peers.responders);
  const advanced = useAdvanced();
  return (
    <section className="setup-region" aria-label="Responders">
      <div className="setup-heading">
        <h2>
          Responders <span className="setup-count">{responders.length > 1 ? responders.length : ""}</span>
        </h2>
        {responders.length > 1 && (
          <Button
            look="quiet"
            onClick={() => select({ kind: "responders", ids: responders.map(({ id }) => id) })}
          >
            Edit all
          </Button>
        )}
        <Button look="quiet" onClick={() => select({ kind: "responder", id: addResponder() })}>
          <Plus size={14} /> Add responder
        </Button>
      </div>
      {(advanced || responders.length > 1) && <AddMany />}
      {responders.length === 0 ? (
        <p className="setup-empty">
          There is no responder. A request to a subject that nobody subscribes to comes back at once as “no
          responders”. Try it, or add a responder.
        </p>
      ) : (
        <ul className="peer-list" data-many={responders.length > MANY}>
          {responders.map((peer) => (
            <ResponderRow key={peer.id} peer={peer} />
          ))}
        </ul>
      )}
    </section>
  );
}

function AddMany() {
  const [count, setCount] = useState(3);
  return (
    <div className="send add-many">
      <Button
        onClick={({ currentTarget }) => {
          if (!refuseInvalid(currentTarget.closest(".add-many"), "Nothing was added.")) addResponders(count);
        }}
      >
        Add {formatCounted(count, "responder")}
      </Button>
      <NumberField
        label="Responders to add"
        value={count}
        min={1}
        max={MOST_RESPONDERS}
        whole
        onChange={setCount}
      />
    </div>
  );
}
