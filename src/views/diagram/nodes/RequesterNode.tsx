import type { NodeProps } from "@xyflow/react";
import { memo } from "react";
import { useStore } from "zustand";
import { formatCompact, formatCount } from "../../../domain/base/formats.ts";
import { readPeerCounters } from "../../../domain/record/peerCounters.ts";
import { lastReplyOf } from "../../../domain/narration/lastReply.ts";
import { activate } from "../../../stores/peers/activeRequester.ts";
import { shownPeersStore } from "../../../stores/peers/shownPeers.ts";
import {
  displayedExchange,
  displayStore,
  shownPeer,
  shownReplySeq,
} from "../../../stores/record/displayStore.ts";
import { select, selectionStore } from "../../../stores/page/selectionStore.ts";
import { useBreaker } from "../../record/useBreaker.ts";
import { leftWords, useLeft } from "../../record/useLeft.ts";
import { useDisplay } from "../../record/useDisplay.ts";
import { useRecord } from "../../record/useRecord.ts";
import { ActivityGlyph } from "./ActivityGlyph.tsx";
import { activityOf, activityWords } from "./activity.ts";
import type { RequesterNodeType } from "../layout/flowTypes.ts";
import { NodePorts } from "./NodePorts.tsx";

/** A requester: what it asks, its inbox as a slot that replies come into, and how much it waits for. */
export const RequesterNode = memo(function RequesterNode({ data }: NodeProps<RequesterNodeType>) {
  const { peer: id, look, ports } = data;
  const peer = useStore(shownPeersStore, ({ requesters }) => requesters.find((each) => each.id === id));
  const known = useStore(displayStore, ({ inboxes }) => inboxes.get(id));
  // It is subscribed to with the first request.
  const asked = useRecord((record) => record.past === null || readPeerCounters(record, id).sent > 0);
  const inbox = asked ? known : undefined;
  const inFlight = useDisplay(() => shownPeer(id).waiting);
  const perSecond = useDisplay(() => shownPeer(id).perSecond ?? 0);
  const selected = useStore(
    selectionStore,
    ({ selected: current }) => current?.kind === "requester" && current.id === id,
  );
  const next = useDisplay(() => shownPeer(id).resumesAt ?? 0);
  const left = useLeft(next === 0 ? null : next);
  const breaker = useBreaker(id);
  const replySeq = useDisplay(() => shownReplySeq(id));
  const replied = replySeq === null ? undefined : displayedExchange(replySeq);
  const reply = replied ? lastReplyOf(replied) : null;
  if (!peer) return null;
  const { name, subject } = peer.setup;
  const connected = peer.state === "connected";
  const activity = activityOf(peer.state, { inHand: inFlight, perSecond });
  const waits =
    inFlight > 0 ? `waits for ${formatCount(inFlight)}` : left === null ? "" : `again in ${leftWords(left)}`;
  const busy = perSecond > 0 ? `${formatCompact(perSecond)}/s${waits && `, ${waits}`}` : waits;
  const words = connected ? busy : activityWords(peer.state, { inHand: 0, running: 0, perSecond: null });
  const circuit = breaker === null || breaker.state === "closed" ? null : breaker;
  return (
    <div
      className="diagram-node diagram-requester"
      data-activity={activity}
      data-selected={selected}
      data-look={look}
    >
      <span className="diagram-node-head">
        <ActivityGlyph activity={activity} />
        <button
          type="button"
          className="diagram-node-name"
          aria-label={`${name} in the diagram, asks ${subject}${words && `, ${words}`}${circuit ? `, ${circuit.words}` : ""}`}
          aria-pressed={selected}
          onClick={() => {
            activate(id);
            select(selected ? null : { kind: "requester", id });
          }}
        >
          {name}
        </button>
        {look === "flat" && <span className="diagram-requester-asks">{subject}</span>}
        {look !== "full" && <span className="diagram-node-words">{words}</span>}
      </span>
      {(look === "full" || circuit !== null) && (
        <span className="diagram-requester-subject" data-breaker={circuit?.state}>
          {circuit?.words ?? subject}
        </span>
      )}
      {look === "full" && <span className="diagram-node-words diagram-requester-words">{words}</span>}
      <span className="diagram-inbox" title={inbox} data-waiting={inFlight > 0}>
        {inbox === undefined ? (
          <span className="diagram-inbox-empty">inbox</span>
        ) : (
          <span className="diagram-inbox-subject">{inbox}</span>
        )}
        {reply !== null && (
          <span className="diagram-inbox-reply" data-tone={reply.tone} title={reply.words}>
            {reply.words}
          </span>
        )}
      </span>
      <NodePorts ports={ports} />
    </div>
  );
});
