import { readTally } from "../../domain/tallies.ts";
import { formatCount } from "../../domain/formats.ts";
import type { ResponderPeer } from "../../stores/peersStore.ts";
import { recordStore } from "../../stores/recordStore.ts";
import { PeerStateWord } from "../controls/PeerStateWord.tsx";
import { useRecordVersion } from "../controls/useRecord.ts";
import { ResponderForm } from "../responders/ResponderForm.tsx";

export function ResponderDetail({ peer }: { readonly peer: ResponderPeer }) {
  return (
    <>
      <div className="detail-title">
        <span className="mono">{peer.setup.name}</span>
        <PeerStateWord state={peer.state} reason={peer.reason} busy={null} />
      </div>
      {peer.reason !== "" && <p className="detail-reason">{peer.reason}</p>}
      <Figures peer={peer} />
      <ResponderForm peer={peer} />
    </>
  );
}

function Figures({ peer }: { readonly peer: ResponderPeer }) {
  useRecordVersion();
  const tally = readTally(recordStore.getState().record, peer.id);
  const figures: readonly (readonly [string, number])[] = [
    ["received", tally.received],
    ["replied", tally.replied],
    ["errors", tally.errors],
    ["dropped", tally.dropped],
    ["in hand", tally.inHand],
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
      {tally.lastError !== "" && (
        <p className="detail-reason">
          Last error: <span className="mono">{tally.lastError}</span>
        </p>
      )}
    </>
  );
}
