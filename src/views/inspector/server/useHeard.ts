import { useStore } from "zustand";
import { heardFrom, type Heard } from "../../../domain/server/subscribers.ts";
import { nameOf, peersStore } from "../../../stores/peers/peersStore.ts";
import { serverStore } from "../../../stores/server/serverStore.ts";
import { useMonitoring } from "./useMonitoring.ts";

/** The server's list of subscriptions, as long as it is `wanted`. */
export function useHeard(wanted: boolean): Heard {
  const { responders, requesters } = useStore(peersStore);
  const { address, monitoringUrl } = useStore(serverStore);
  const { answer, problem } = useMonitoring(wanted ? monitoringUrl : null);
  if (monitoringUrl === null) {
    return { kind: "unknown", why: "the page cannot reach this server’s monitoring" };
  }
  if (problem !== null) return { kind: "unknown", why: problem };
  if (answer === null) return { kind: "asking" };
  const ours = new Set([...responders, ...requesters].map(({ id }) => nameOf(id)));
  return heardFrom(answer.connections, ours, address.prefix);
}
