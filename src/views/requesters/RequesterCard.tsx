import { Copy, Square, Trash2 } from "lucide-react";
import { memo, Suspense, useState } from "react";
import { useStore } from "zustand";
import { activate } from "../../stores/peers/activeRequester.ts";
import type { RequesterPeer } from "../../stores/peers/peersStore.ts";
import {
  duplicateRequester,
  removeRequester,
  startRequester,
  stopLoad,
} from "../../stores/peers/requesterActions.ts";
import { select, selectionStore } from "../../stores/page/selectionStore.ts";
import { Button } from "../controls/Button.tsx";
import { BreakerWord } from "../record/BreakerWord.tsx";
import { IconButton } from "../controls/IconButton.tsx";
import { later } from "../controls/later.tsx";
import { passFocus } from "../controls/passFocus.ts";
import { PeerStateWord } from "../record/PeerStateWord.tsx";
import { useShownState } from "../record/useShownState.ts";
import { Advanced } from "./Advanced.tsx";
import { ComposeForm } from "./ComposeForm.tsx";
import { LastReply } from "./LastReply.tsx";
import { SendLimits, SendRow } from "./SendRow.tsx";
import { useAdvanced } from "./useAdvanced.ts";

// A first request needs none of them: they are under Advanced.
const MoreFields = later(async () => (await import("./MoreFields.tsx")).MoreFields);
const LoadForm = later(async () => (await import("./LoadForm.tsx")).LoadForm);
const PolicyForm = later(async () => (await import("./PolicyForm.tsx")).PolicyForm);

/** These show nothing of a load, which changes the peer many times a second. */
const sameButLoad = (
  before: { readonly peer: RequesterPeer; readonly count?: number },
  after: { readonly peer: RequesterPeer; readonly count?: number },
): boolean =>
  before.count === after.count &&
  before.peer.id === after.peer.id &&
  before.peer.setup === after.peer.setup &&
  before.peer.state === after.peer.state;
const Compose = memo(ComposeForm, sameButLoad);
const PolicyOf = memo(PolicyForm, sameButLoad);
const Sending = memo(SendRow, sameButLoad);
const Limits = memo(SendLimits, sameButLoad);
const More = memo(MoreFields, sameButLoad);

interface Props {
  readonly peer: RequesterPeer;
  readonly open: boolean;
}

/** A requester; the open one shows what it asks, and sends. */
export function RequesterCard({ peer, open }: Props) {
  const selected = useStore(
    selectionStore,
    (state) => state.selected?.kind === "requester" && state.selected.id === peer.id,
  );
  const shown = useShownState(peer);
  const [count, setCount] = useState(10);
  const advanced = useAdvanced();
  return (
    <li>
      <div
        className="peer"
        translate="no"
        role="group"
        aria-label={peer.setup.name}
        data-selected={selected}
        data-open={open}
      >
        <div className="peer-line">
          <button
            type="button"
            className="peer-name"
            aria-expanded={open}
            onClick={() => {
              activate(peer.id);
              select({ kind: "requester", id: peer.id });
            }}
          >
            {peer.setup.name}
          </button>
          <PeerStateWord
            state={shown.state}
            reason={shown.reason}
            busy={peer.load?.running ? "under load" : null}
          />
          <span className="peer-tools">
            {!(open && advanced) && peer.load?.running === true && (
              <IconButton label="Stop load" onClick={() => stopLoad(peer.id)}>
                <Square size={13} />
              </IconButton>
            )}
            {peer.state === "crashed" && <Button onClick={() => startRequester(peer.id)}>Start</Button>}
            <IconButton label="Duplicate" onClick={() => duplicateRequester(peer.id)}>
              <Copy size={14} />
            </IconButton>
            <IconButton
              label="Remove"
              hint="its calls in flight are cancelled"
              onClick={({ currentTarget }) => {
                passFocus(currentTarget);
                removeRequester(peer.id);
              }}
            >
              <Trash2 size={14} />
            </IconButton>
          </span>
        </div>
        <BreakerWord peer={peer} />
        {open ? (
          <>
            <Compose peer={peer} />
            <Sending peer={peer} count={count} />
            <LastReply peer={peer.id} />
            <Advanced peer={peer}>
              <Limits peer={peer} count={count} onCount={setCount} />
              <Suspense fallback={null}>
                <More peer={peer} />
                <PolicyOf peer={peer} />
                <LoadForm peer={peer} />
              </Suspense>
            </Advanced>
          </>
        ) : (
          <p className="peer-subject mono">{peer.setup.subject}</p>
        )}
      </div>
    </li>
  );
}
