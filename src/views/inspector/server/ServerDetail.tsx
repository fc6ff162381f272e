import { useStore } from "zustand";
import { formatBytes, formatCount, formatMs, NOTHING } from "../../../domain/base/formats.ts";
import { serverStore } from "../../../stores/server/serverStore.ts";
import { ServerControl } from "./ServerControl.tsx";
import { Connections } from "./Connections.tsx";
import { useMonitoring, type Monitoring } from "./useMonitoring.ts";
import { useAge } from "./useAge.ts";
import "./server.css";

/** The server: what the page's own connection knows of it, and what its monitoring tells about everyone. */
export function ServerDetail() {
  const { address, connection, monitoringUrl } = useStore(serverStore);
  const connected = connection.kind === "connected" ? connection : null;
  // Nobody is asked who is known to be gone.
  const monitoring = useMonitoring(connected ? monitoringUrl : null);
  const { answer } = monitoring;
  const vitals = answer?.vitals;
  const rttMs = connected?.rttMs ?? null;
  const facts: readonly (readonly [words: string, value: string, mono?: boolean])[] = [
    ["Name", connected?.server.name ?? vitals?.name ?? NOTHING, true],
    ["Version", connected?.server.version ?? vitals?.version ?? NOTHING],
    ["Address", address.url, true],
    ...(address.prefix === undefined ? [] : [["Your prefix", address.prefix, true] as const]),
    ["Round trip", rttMs === null ? NOTHING : formatMs(rttMs)],
    ["Largest payload", connected ? formatBytes(connected.server.maxPayload) : NOTHING],
  ];
  return (
    <div className="server">
      <dl className="server-facts">
        {facts.map(([words, value, mono]) => (
          <div key={words}>
            <dt>{words}</dt>
            <dd className={mono ? "mono" : undefined}>{value}</dd>
          </div>
        ))}
      </dl>
      <ServerControl />
      {monitoringUrl === null ? (
        <p className="server-words">
          This page cannot reach this server’s monitoring, which would list its other connections and their
          subscriptions. It can with the server that <code>npm start</code> starts.
        </p>
      ) : connected === null ? (
        <p className="server-words">Connections and subscriptions are read again once the server is back.</p>
      ) : (
        <>
          <MonitoringState monitoring={monitoring} />
          {vitals && (
            <dl className="figures">
              <Figure words="messages in" value={formatCount(vitals.inMessages)} />
              <Figure words="messages out" value={formatCount(vitals.outMessages)} />
              <Figure words="up for" value={vitals.uptime} />
              <Figure words="memory" value={formatBytes(vitals.memory)} />
              {vitals.slowConsumers > 0 && (
                <Figure words="slow consumers" value={formatCount(vitals.slowConsumers)} />
              )}
            </dl>
          )}
          {answer && <Connections connections={answer.connections} />}
        </>
      )}
    </div>
  );
}

function Figure({ words, value }: { readonly words: string; readonly value: string }) {
  return (
    <div>
      <dt>{words}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** How old what is shown is, and whether monitoring answers at all. */
function MonitoringState({ monitoring: { answer, problem } }: { readonly monitoring: Monitoring }) {
  const seconds = useAge(answer?.at ?? null);
  const age = seconds === null ? "" : seconds < 3 ? "as of now" : `as of ${formatCount(seconds)} s ago`;
  if (problem === null)
    return <p className="server-age">{answer ? `Monitoring, ${age}` : "Asking its monitoring …"}</p>;
  return (
    <p className="server-words" role="alert">
      Its monitoring cannot be reached: {problem}. Requests are not affected.
      {answer && ` What follows is ${age}.`}
    </p>
  );
}
