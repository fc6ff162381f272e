import type { NodeProps } from "@xyflow/react";
import { memo } from "react";
import { useStore } from "zustand";
import { formatCompact, formatCount } from "../../../domain/base/formats.ts";
import { shownPeersStore } from "../../../stores/peers/shownPeers.ts";
import { shownPeer } from "../../../stores/record/displayStore.ts";
import { select, selectionStore } from "../../../stores/page/selectionStore.ts";
import { useDisplay } from "../../record/useDisplay.ts";
import { ActivityGlyph } from "./ActivityGlyph.tsx";
import { activityOf, activityWords } from "./activity.ts";
import type { ResponderNodeType } from "../layout/flowTypes.ts";
import { NodePorts } from "./NodePorts.tsx";
import { SplitName } from "./SplitName.tsx";

/** A responder: its state as a shape and a word, and how many requests the server gave it. */
export const ResponderNode = memo(function ResponderNode({ data }: NodeProps<ResponderNodeType>) {
  const { peer: id, ports, density, short } = data;
  const peer = useStore(shownPeersStore, ({ responders }) => responders.find((each) => each.id === id));
  const state = peer?.state ?? "removed";
  const words = useDisplay(() => activityWords(state, shownPeer(id)));
  const activity = useDisplay(() => activityOf(state, shownPeer(id)));
  const received = useDisplay(() => shownPeer(id).received);
  const selected = useStore(
    selectionStore,
    ({ selected: current }) => current?.kind === "responder" && current.id === id,
  );
  if (!peer) return null;
  const { name } = peer.setup;
  return (
    <div
      className="diagram-node diagram-responder"
      data-activity={activity}
      data-density={density}
      data-selected={selected}
      title={density === "card" ? undefined : `${name}, ${words}, ${formatCount(received)} received`}
    >
      <span className="diagram-node-head">
        <ActivityGlyph activity={activity} />
        <button
          type="button"
          className="diagram-node-name diagram-node-name-split"
          aria-label={`${name} in the diagram, ${words}`}
          aria-pressed={selected}
          onClick={() => select(selected ? null : { kind: "responder", id })}
        >
          <SplitName name={density === "tile" ? short : name} end={short} />
        </button>
        {density === "line" && <span className="diagram-node-count">{formatCompact(received)}</span>}
      </span>
      {density === "card" && (
        <span className="diagram-node-foot">
          <span className="diagram-node-words">{words}</span>
          <span className="diagram-node-count" title="requests received">
            {formatCount(received)}
          </span>
        </span>
      )}
      {density === "tile" && <span className="diagram-node-count">{formatCompact(received)}</span>}
      <NodePorts ports={ports} />
    </div>
  );
});
