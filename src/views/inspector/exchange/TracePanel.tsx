import { useStore } from "zustand";
import type { Exchange } from "../../../domain/events/exchange.ts";
import {
  canTrace,
  isTraced,
  readTraces,
  type ServerTrace,
  type TraceStep,
} from "../../../domain/frames/serverTrace.ts";
import { nameOf } from "../../../stores/peers/peersStore.ts";
import { recordStore } from "../../../stores/record/recordStore.ts";
import { serverStore } from "../../../stores/server/serverStore.ts";
import { clockStepMs } from "../../../stores/page/clock.ts";
import { formatMeasured } from "../../results/latency/measured.ts";

/** The server's trace of a traced request, beside what the page saw. */
export function TracePanel({ exchange }: { readonly exchange: Exchange }) {
  const version = useStore(serverStore, ({ connection }) =>
    connection.kind === "connected" ? connection.server.version : null,
  );
  if (!isTraced(exchange)) return null;
  const traces = readTraces(recordStore.getState().record, exchange.seq);
  return (
    <section aria-label="Server's trace">
      <h3 className="exchange-heading">Server trace</h3>
      {traces.length === 0 && <p className="exchange-words">{whyNot(version)}</p>}
      {traces.map((trace, index) => (
        <Account key={`${index} ${trace.server}`} trace={trace} exchange={exchange} />
      ))}
    </section>
  );
}

function whyNot(version: string | null): string {
  if (version === null) return "No connected server can report a trace.";
  return canTrace(version)
    ? `nats-server ${version} has reported nothing yet.`
    : `nats-server ${version} does not trace messages: 2.11 and newer do. The request was handled as usual, but only what this page saw of it is known.`;
}

function Account({ trace, exchange }: { readonly trace: ServerTrace; readonly exchange: Exchange }) {
  const out = trace.steps.filter(({ kind }) => kind === "out");
  return (
    <>
      <p className="exchange-words">
        nats-server {trace.version} tells where the request came in and which subscriptions it went out to.
        {out.length === 0 && " It went out to none."}
      </p>
      <table className="exchange-deliveries" aria-label="Server trace">
        <thead>
          <tr>
            <th scope="col">way</th>
            <th scope="col">connection</th>
            <th scope="col">subscription</th>
            <th scope="col">this page saw</th>
          </tr>
        </thead>
        <tbody>
          {trace.steps.map((step, index) => (
            <tr key={index}>
              <td>{WAYS.get(step.kind) ?? step.kind}</td>
              <th scope="row">
                <span className="mono">{step.name === "" ? "unnamed" : step.name}</span>
                {step.connection !== null && (
                  <span className="exchange-trace-cid">connection {step.connection}</span>
                )}
              </th>
              <td>
                <span className="mono">{step.subject}</span>
                {step.queue !== null && (
                  <span className="exchange-trace-cid">
                    queue <span className="mono">{step.queue}</span>
                  </span>
                )}
                {step.error !== "" && <p className="exchange-error">{step.error}</p>}
              </td>
              <td>{seen(step, exchange)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** A map, since anybody can publish what looks like a trace, with any kind in it. */
const WAYS: ReadonlyMap<string, string> = new Map([
  ["in", "in"],
  ["out", "out"],
  ["sm", "mapped"],
  ["js", "stored"],
  ["se", "exported"],
  ["si", "imported"],
]);

/** What the page itself knows of a step. */
function seen({ kind, name, error }: TraceStep, exchange: Exchange): string {
  const { sentAt, deliveries, requester } = exchange;
  if (kind === "in") return requester !== null && sentAt !== null ? "sent it" : "nothing";
  if (kind !== "out" || error !== "") return "";
  const delivery = deliveries.find(({ peer }) => nameOf(peer) === name);
  if (!delivery) return "nothing: it is outside this page";
  return sentAt === null
    ? "delivered"
    : `delivered after ${formatMeasured(Math.max(0, delivery.deliveredAt - sentAt), clockStepMs())}`;
}
