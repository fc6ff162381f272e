import { Copy, LogOut, Play, Skull, Snowflake, SquarePen, Sun, Trash2 } from "lucide-react";
import { memo } from "react";
import { useStore } from "zustand";
import { isGone } from "../../domain/events/events.ts";
import { readPeerCounters } from "../../domain/record/peerCounters.ts";
import { openHandler } from "../../stores/peers/handlerActions.ts";
import type { ResponderPeer } from "../../stores/peers/peersStore.ts";
import {
  drainResponder,
  duplicateResponder,
  freezeResponder,
  killResponder,
  removeResponder,
  startResponder,
  thawResponder,
} from "../../stores/peers/responderActions.ts";
import {
  select,
  selectedResponders,
  selectionStore,
  toggleSelected,
} from "../../stores/page/selectionStore.ts";
import { Button } from "../controls/Button.tsx";
import { IconButton } from "../controls/IconButton.tsx";
import { passFocus } from "../controls/passFocus.ts";
import { PeerStateWord } from "../record/PeerStateWord.tsx";
import { useRecord } from "../record/useRecord.ts";
import { useShownState } from "../record/useShownState.ts";

/** A responder: what it answers, how it is, and what can be done to it. */
export const ResponderRow = memo(function ResponderRow({ peer }: { readonly peer: ResponderPeer }) {
  const { id, setup, state } = peer;
  // What can be done is done now, whatever instant is looked at.
  const shown = useShownState(peer);
  const selected = useStore(selectionStore, (current) => selectedResponders(current).includes(id));
  const gone = isGone(state);
  const busy = useRecord((record) => busyWords(readPeerCounters(record, id).inHand));
  return (
    <li>
      <div className="peer" role="group" translate="no" aria-label={setup.name} data-selected={selected}>
        <div className="peer-line">
          <button
            type="button"
            className="peer-name"
            aria-pressed={selected}
            onClick={({ ctrlKey, metaKey, shiftKey }) => {
              if (ctrlKey || metaKey || shiftKey) return toggleSelected(id);
              const alone = selectionStore.getState().selected?.kind === "responder";
              select(selected && alone ? null : { kind: "responder", id });
            }}
          >
            {setup.name}
          </button>
          <PeerStateWord state={shown.state} reason={shown.reason} busy={busy} />
        </div>
        <div className="peer-line">
          <div className="peer-subject">
            <p className="mono" title={setup.subject}>
              {setup.subject}
            </p>
            {setup.queue !== null && (
              <p title={setup.queue}>
                queue <span className="mono">{setup.queue}</span>
              </p>
            )}
          </div>
          <span className="peer-tools">
            {state === "unreviewed" ? (
              <Button onClick={() => openHandler(id)}>Review and run</Button>
            ) : gone ? (
              <IconButton
                label="Start"
                hint="a new worker and a new connection"
                onClick={() => startResponder(id)}
              >
                <Play size={14} />
              </IconButton>
            ) : (
              <>
                {state === "frozen" ? (
                  <IconButton
                    label="Thaw"
                    hint="answers the requests it holds"
                    onClick={() => thawResponder(id)}
                  >
                    <Sun size={14} />
                  </IconButton>
                ) : (
                  <IconButton
                    label="Freeze"
                    hint="stays connected and subscribed, but does not answer"
                    disabled={state === "draining"}
                    onClick={() => freezeResponder(id)}
                  >
                    <Snowflake size={14} />
                  </IconButton>
                )}
                <IconButton
                  label="Drain"
                  hint="finishes its requests, then closes: nothing is lost"
                  disabled={state === "draining"}
                  onClick={() => drainResponder(id)}
                >
                  <LogOut size={14} />
                </IconButton>
                <IconButton
                  label="Kill"
                  hint="like a crash: the requests it holds are lost"
                  onClick={() => killResponder(id)}
                >
                  <Skull size={14} />
                </IconButton>
              </>
            )}
            <IconButton
              label="Edit handler"
              hint="the code that answers requests"
              onClick={() => openHandler(id)}
            >
              <SquarePen size={14} />
            </IconButton>
            <IconButton label="Duplicate" onClick={() => duplicateResponder(id)}>
              <Copy size={14} />
            </IconButton>
            <IconButton
              label="Remove"
              onClick={({ currentTarget }) => {
                passFocus(currentTarget);
                removeResponder(id);
              }}
            >
              <Trash2 size={14} />
            </IconButton>
          </span>
        </div>
      </div>
    </li>
  );
});

function busyWords(inHand: number): string | null {
  return inHand === 0 ? null : `busy with ${inHand}`;
}
