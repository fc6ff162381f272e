import { useId } from "react";
import { useStore } from "zustand";
import { openedHandler } from "../../stores/peers/handlerActions.ts";
import { peersStore, type ResponderPeer } from "../../stores/peers/peersStore.ts";
import { addResponder } from "../../stores/peers/responderActions.ts";
import { select, selectionStore } from "../../stores/page/selectionStore.ts";
import { Button } from "../controls/Button.tsx";
import { HandlerWorkshop } from "./HandlerWorkshop.tsx";
import "./handler.css";

/** The program that answers, as it is written, to be changed while it runs. */
export function HandlerTab() {
  const peer = useShownResponder();
  if (!peer) {
    return (
      <div className="results-empty">
        <p className="results-empty-title">Nobody answers, so there is no handler</p>
        <Button onClick={() => select({ kind: "responder", id: addResponder() })}>Add responder</Button>
      </div>
    );
  }
  return <HandlerWorkshop key={peer.id} peer={peer} choice={<ResponderChoice peer={peer} />} />;
}

/** The selected responder; else the one whose handler was opened last, else the first. */
function useShownResponder(): ResponderPeer | undefined {
  const { responders } = useStore(peersStore);
  const selected = useStore(selectionStore, (state) => state.selected);
  const opened = useStore(openedHandler, (state) => state.peer);
  const of = (id: number | null): ResponderPeer | undefined => responders.find((peer) => peer.id === id);
  return (selected?.kind === "responder" ? of(selected.id) : undefined) ?? of(opened) ?? responders[0];
}

function ResponderChoice({ peer }: { readonly peer: ResponderPeer }) {
  const id = useId();
  const { responders } = useStore(peersStore);
  return (
    <span className="handler-choice">
      <label htmlFor={id}>Handler of</label>
      <select
        id={id}
        className="input mono"
        value={peer.id}
        onChange={(event) => {
          const chosen = Number(event.target.value);
          openedHandler.setState({ peer: chosen });
          select({ kind: "responder", id: chosen });
        }}
      >
        {responders.map((each) => (
          <option key={each.id} value={each.id}>
            {each.setup.name}
          </option>
        ))}
      </select>
    </span>
  );
}
