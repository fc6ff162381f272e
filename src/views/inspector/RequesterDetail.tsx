import { describeReason } from "../../domain/narration/describeReason.ts";
import { formatCount } from "../../domain/base/formats.ts";
import { policyWords } from "../../domain/setup/policyWords.ts";
import { readPeerCounters } from "../../domain/record/peerCounters.ts";
import type { RequesterPeer } from "../../stores/peers/peersStore.ts";
import { shownRecord } from "../../stores/record/shownRecord.ts";
import { cancelCalls } from "../../stores/peers/requesterActions.ts";
import { Button } from "../controls/Button.tsx";
import { BreakerWord } from "../record/BreakerWord.tsx";
import { PeerStateWord } from "../record/PeerStateWord.tsx";
import { useRecordVersion } from "../record/useRecord.ts";
import { useShownState } from "../record/useShownState.ts";
import { LatestSteps } from "./exchange/LatestSteps.tsx";

export function RequesterDetail({ peer }: { readonly peer: RequesterPeer }) {
  useRecordVersion();
  const { state, reason } = useShownState(peer);
  const { sent } = readPeerCounters(shownRecord(), peer.id);
  return (
    <>
      <div className="detail-title">
        <span className="mono">{peer.setup.name}</span>
        <PeerStateWord state={state} reason={reason} busy={null} />
      </div>
      {reason !== null && <p className="detail-reason">{describeReason(reason)}</p>}
      <p className="detail-reason">
        Policy: {policyWords(peer.setup.policy)}. <BreakerWord peer={peer} />
      </p>
      <dl className="figures">
        <div>
          <dt>requests made</dt>
          <dd>{formatCount(sent)}</dd>
        </div>
      </dl>
      <Button onClick={() => cancelCalls(peer.id)}>Cancel calls in flight</Button>
      <LatestSteps />
    </>
  );
}
