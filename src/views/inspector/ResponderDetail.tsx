import { readPeerCounters } from "../../domain/record/peerCounters.ts";
import { describeReason } from "../../domain/narration/describeReason.ts";
import { formatCount } from "../../domain/base/formats.ts";
import type { ResponderPeer } from "../../stores/peers/peersStore.ts";
import { shownRecord } from "../../stores/record/shownRecord.ts";
import { PeerStateWord } from "../record/PeerStateWord.tsx";
import { useRecordVersion } from "../record/useRecord.ts";
import { useShownState } from "../record/useShownState.ts";
import { HandlerLog } from "../handler/HandlerLog.tsx";
import { ResponderForm } from "../responders/ResponderForm.tsx";

export function ResponderDetail({ peer }: { readonly peer: ResponderPeer }) {
  const { state, reason } = useShownState(peer);
  return (
    <>
      <div className="detail-title">
        <span className="mono">{peer.setup.name}</span>
        <PeerStateWord state={state} reason={reason} busy={null} />
      </div>
      {reason !== null && <p className="detail-reason">{describeReason(reason)}</p>}
      <Figures peer={peer} />
      <HandlerLog peer={peer.id} name={peer.setup.name} most={5} quiet />
      <ResponderForm peer={peer} />
    </>
  );
}

function Figures({ peer }: { readonly peer: ResponderPeer }) {
  useRecordVersion();
  const tally = readPeerCounters(shownRecord(), peer.id);
  const figures: readonly (readonly [string, number])[] = [
    ["received", tally.received],
    ["replied", tally.replied],
    ["errors", tally.errors],
    ["dropped", tally.dropped],
    ["in progress", tally.inHand],
  ];
  return (
    <>
      <dl className="figures">
        {figures.map(([words, count]) => (
          <div key={words}>
            <dt>{words}</dt>
            <dd>{formatCount(count)}</dd>
          </div>
        ))}
      </dl>
      {tally.lastError !== null && (
        <p className="detail-reason">
          Last error: <span className="mono">{describeReason(tally.lastError)}</span>
        </p>
      )}
    </>
  );
}
