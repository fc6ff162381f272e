import type { NodeProps } from "@xyflow/react";
import { memo } from "react";
import { useStore } from "zustand";
import { select, selectionStore } from "../../../stores/page/selectionStore.ts";
import { shownPeersStore } from "../../../stores/peers/shownPeers.ts";
import type { ConnectionState } from "../../../domain/server/connection.ts";
import { ActivityGlyph } from "./ActivityGlyph.tsx";
import type { Activity } from "./activity.ts";
import type { ServerNodeType } from "../layout/flowTypes.ts";
import { outsidersStore } from "../outsidersStore.ts";
import { NodePorts } from "./NodePorts.tsx";
import type { SubjectRow } from "../layout/topology.ts";

/** The server: one row for each subject in use, and one for the inboxes that replies go to. */
export const ServerNode = memo(function ServerNode({ data }: NodeProps<ServerNodeType>) {
  const { rows, direction, ports } = data;
  const connection = useStore(shownPeersStore, (state) => state.connection);
  const selected = useStore(selectionStore, ({ selected: current }) => current?.kind === "server");
  const { activity, words } = standing(connection);
  return (
    <div
      className="diagram-node diagram-server"
      data-activity={activity}
      data-selected={selected}
      data-direction={direction}
    >
      <span className="diagram-server-head">
        <span className="diagram-node-head">
          <ActivityGlyph activity={activity} />
          <button
            type="button"
            className="diagram-node-name"
            aria-label={`nats-server in the diagram, ${words}`}
            aria-pressed={selected}
            onClick={() => select(selected ? null : { kind: "server" })}
          >
            nats-server
          </button>
          <span className="diagram-node-words">{words}</span>
        </span>
      </span>
      {rows.map((row) => (
        <Row key={row.subject} row={row} />
      ))}
      <span className="diagram-row diagram-row-inboxes">
        <span className="diagram-row-words">replies to inboxes</span>
      </span>
      <NodePorts ports={ports} />
    </div>
  );
});

function Row({ row }: { readonly row: SubjectRow }) {
  return (
    <span className="diagram-row">
      <span className="diagram-row-subject" title={row.subject}>
        {row.subject}
      </span>
      <RowWords row={row} />
    </span>
  );
}

function RowWords({ row: { queues, plain } }: { readonly row: SubjectRow }) {
  // A queue group may have members elsewhere too: then the server picks one of more than are here.
  const shared = useStore(outsidersStore, ({ answers }) => answers);
  if (queues.length === 0 && plain === 0) {
    // Somebody elsewhere may, which only an answer tells.
    return <span className="diagram-row-words">nobody here subscribes</span>;
  }
  return (
    <span className="diagram-row-words">
      {queues.map(({ name, members }) => (
        <span key={name}>
          queue <span className="diagram-row-name">{name}</span> ·{" "}
          {shared ? `${members} here` : `one of ${members}`}
        </span>
      ))}
      {plain > 0 && <span>{plain === 1 ? "one subscriber" : `to all ${plain}`}</span>}
    </span>
  );
}

function standing(connection: ConnectionState): { activity: Activity; words: string } {
  switch (connection.kind) {
    case "connected":
      return { activity: "idle", words: connection.server.version };
    case "connecting":
      return { activity: "connecting", words: "connecting" };
    case "reconnecting":
      return { activity: "connecting", words: "reconnecting" };
    case "failed":
      return { activity: "dead", words: "not reached" };
    case "closed":
      return { activity: "ended", words: "disconnected" };
  }
}
