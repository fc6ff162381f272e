import { useStore } from "zustand";
import { formatCount, formatCounted } from "../../../domain/base/formats.ts";
import type { Connections as Told, MonitoredConnection } from "../../../domain/server/monitoring.ts";
import { IN_TAB } from "../../../domain/server/inTabServer.ts";
import { serverStore } from "../../../stores/server/serverStore.ts";
import { nameOf, peersStore } from "../../../stores/peers/peersStore.ts";

/** Everyone connected to the server, those of other programs first: the page's own are seen elsewhere. */
export function Connections({ connections }: { readonly connections: Told }) {
  const { responders, requesters } = useStore(peersStore);
  const inTab = useStore(serverStore, ({ address }) => address.url === IN_TAB);
  const ours = new Set([...responders, ...requesters].map(({ id }) => nameOf(id)));
  // The name alone could be another program's, but hardly over a WebSocket as well.
  const isOurs = (connection: MonitoredConnection): boolean =>
    connection.ours ??
    (connection.viaWebSocket && (ours.has(connection.name) || connection.name === "roundtrip-page"));
  const elsewhere = connections.shown.filter((each) => !isOurs(each));
  const here = connections.shown.filter(isOurs);
  const left = connections.total - connections.shown.length;
  return (
    <>
      <List
        title={inTab ? "Other tabs" : "Other programs"}
        connections={elsewhere}
        empty="None: only this page is connected."
      />
      <List title="This page" connections={here} empty="None." />
      {left > 0 && <p className="server-words">and {formatCounted(left, "more connection")}.</p>}
    </>
  );
}

interface ListProps {
  readonly title: string;
  readonly connections: readonly MonitoredConnection[];
  readonly empty: string;
}

function List({ title, connections, empty }: ListProps) {
  return (
    <section>
      <h3 className="server-heading">
        {title} <span className="server-count">{connections.length}</span>
      </h3>
      {connections.length === 0 && <p className="server-words">{empty}</p>}
      <ul>
        {connections.map((connection) => (
          <li key={connection.id} className="server-connection">
            <p className="server-connection-line">
              <span className="mono server-connection-name">
                {connection.name || `connection ${connection.id}`}
              </span>
              <span
                className="server-flow"
                title={`${formatCount(connection.inMessages)} messages to the server, ${formatCount(connection.outMessages)} from it`}
              >
                {formatCount(connection.inMessages)} in, {formatCount(connection.outMessages)} out
              </span>
            </p>
            <Subscriptions connection={connection} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Subscriptions({ connection }: { readonly connection: MonitoredConnection }) {
  if (connection.subscriptions.length === 0) return null;
  return (
    <ul className="server-subs">
      {connection.subscriptions.map(({ id, subject, queue, messages }) => (
        <li key={id}>
          <code>{subject}</code>
          {queue !== null && (
            <>
              {" "}
              in <code>{queue}</code>
            </>
          )}
          <span className="server-flow">{formatCount(messages)}</span>
        </li>
      ))}
    </ul>
  );
}
