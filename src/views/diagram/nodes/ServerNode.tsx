import type { NodeProps } from "@xyflow/react";
import { memo, type CSSProperties } from "react";
import { useStore } from "zustand";
import { externalReplies, SURE_AFTER_MS } from "../../../domain/record/outside.ts";
import { pageNow } from "../../../stores/page/clock.ts";
import { displayStore } from "../../../stores/record/displayStore.ts";
import { recordStore } from "../../../stores/record/recordStore.ts";
import { useLater, useRecordEvery } from "../../record/useRecord.ts";
import { select, selectionStore } from "../../../stores/page/selectionStore.ts";
import { shownPeersStore } from "../../../stores/peers/shownPeers.ts";
import type { ConnectionState } from "../../../domain/server/connection.ts";
import { ActivityGlyph } from "./ActivityGlyph.tsx";
import type { Activity } from "./activity.ts";
import type { ServerNodeType } from "../layout/flowTypes.ts";
import { serverMeasures, type ServerMeasures } from "../layout/measures.ts";
import { NodePorts } from "./NodePorts.tsx";
import type { SubjectRow } from "../layout/topology.ts";

/** The server: one row for each subject in use, and one for the inboxes that replies go to. */
export const ServerNode = memo(function ServerNode({ data }: NodeProps<ServerNodeType>) {
  const { rows, direction, chosenRow, ports } = data;
  const connection = useStore(shownPeersStore, (state) => state.connection);
  const selected = useStore(selectionStore, ({ selected: current }) => current?.kind === "server");
  const { activity, words } = standing(connection);
  const gone = isGone(connection);
  const measures = serverMeasures(direction, rows.length);
  return (
    <div
      className="diagram-node diagram-server"
      data-activity={activity}
      data-selected={selected}
      data-direction={direction}
      data-gone={gone}
      style={heights(measures)}
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
      {rows.map((row, index) => (
        <Row key={row.subject} row={row} brief={measures.brief} chosen={index === chosenRow} down={gone} />
      ))}
      <span className="diagram-row diagram-row-inboxes" data-chosen={chosenRow !== null}>
        <span className="diagram-row-words">{gone ? "no connection to it" : "replies to inboxes"}</span>
      </span>
      <NodePorts ports={ports} />
    </div>
  );
});

const heights = ({ header, row, inboxRow }: ServerMeasures): CSSProperties =>
  ({ "--head": `${header}px`, "--row": `${row}px`, "--inbox-row": `${inboxRow}px` }) as CSSProperties; // its type knows no variables

interface RowProps {
  readonly row: SubjectRow;
  /** There is room for the subject alone. */
  readonly brief: boolean;
  readonly chosen: boolean;
  /** The server is not reached: it has nobody to choose from, and nobody subscribes. */
  readonly down: boolean;
}

function Row({ row, brief, chosen, down }: RowProps) {
  return (
    <span className="diagram-row" data-chosen={chosen}>
      <span className="diagram-row-subject" title={row.subject}>
        {row.subject}
      </span>
      {!brief &&
        (down ? <span className="diagram-row-words">nobody is connected</span> : <RowWords row={row} />)}
    </span>
  );
}

function RowWords({ row: { subject, queues, plain } }: { readonly row: SubjectRow }) {
  // A queue group may have members elsewhere too: then the server picks one of more than are here.
  const shared = useStore(displayStore, ({ outside }) => outside.answers);
  if (queues.length === 0 && plain === 0) {
    return <NobodyHere subject={subject} />;
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

/** Somebody elsewhere may subscribe, which only an answer tells. */
function NobodyHere({ subject }: { readonly subject: string }) {
  // Once more when it is sure who answered.
  useLater(useRecordEvery(500), SURE_AFTER_MS);
  const outside = externalReplies(recordStore.getState().record, subject, pageNow()) > 0;
  return (
    <span className="diagram-row-words">
      {outside ? "answered outside this page" : "nobody here subscribes"}
    </span>
  );
}

/** Killed, cut off or never reached: the page cannot tell which, but that it is not there. */
const isGone = ({ kind }: ConnectionState): boolean => kind !== "connected" && kind !== "connecting";

function standing(connection: ConnectionState): { activity: Activity; words: string } {
  switch (connection.kind) {
    case "connected":
      return { activity: "idle", words: connection.server.version };
    case "connecting":
      return { activity: "connecting", words: "connecting" };
    case "reconnecting":
      return { activity: "dead", words: "reconnecting" };
    case "failed":
      return { activity: "dead", words: "not reached" };
    case "closed":
      return { activity: "ended", words: "disconnected" };
  }
}
