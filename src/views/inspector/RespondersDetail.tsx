import { useStore } from "zustand";
import type { PeerId } from "../../domain/events/events.ts";
import { select } from "../../stores/page/selectionStore.ts";
import { peersStore } from "../../stores/peers/peersStore.ts";
import { CheckField } from "../controls/CheckField.tsx";
import { RespondersForm } from "../responders/RespondersForm.tsx";

/** Several responders: which they are, and a form that changes all of them. */
export function RespondersDetail({ ids }: { readonly ids: readonly PeerId[] }) {
  const responders = useStore(peersStore, (peers) => peers.responders);
  const chosen = responders.filter(({ id }) => ids.includes(id));
  return (
    <>
      <p className="detail-reason">What you change here changes for each of them.</p>
      <fieldset className="several">
        <legend className="field-label">Responders</legend>
        {responders.map(({ id, setup }) => (
          <CheckField
            key={id}
            label={setup.name}
            checked={ids.includes(id)}
            onChange={(checked) =>
              select({
                kind: "responders",
                ids: checked ? [...ids, id] : ids.filter((each) => each !== id),
              })
            }
          />
        ))}
      </fieldset>
      {chosen.length > 0 && <RespondersForm peers={chosen} />}
    </>
  );
}
