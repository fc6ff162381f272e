import { useStore } from "zustand";
import type { Scene } from "../../domain/failure.ts";
import { peerStateAt } from "../../domain/peerStateAt.ts";
import { pageNow } from "../../stores/clock.ts";
import { nameOf, peersStore } from "../../stores/peersStore.ts";
import { shownRecord } from "../../stores/shownRecord.ts";
import { mayControlServer } from "../../stores/serverControl.ts";
import { serverStore } from "../../stores/serverStore.ts";
import { useHeard } from "./useHeard.ts";

/** What is known around a failure now. `asksServer`: whether the server's list of subscriptions is wanted. */
export function useScene(asksServer: boolean): Scene {
  const { responders, requesters } = useStore(peersStore);
  const { connection } = useStore(serverStore);
  const heard = useHeard(asksServer);
  const record = shownRecord();
  return {
    now: record.past?.at ?? pageNow(),
    nameOf,
    responders: responders.map(({ id, state, setup }) => {
      const { subject, queue, delay, handling, errorShare, dropShare } = setup;
      return { id, state, subject, queue, delay, handling, errorShare, dropShare };
    }),
    requesters: requesters.map(({ id, state, setup: { subject, timeoutMs } }) => ({
      id,
      state,
      subject,
      timeoutMs,
    })),
    stateAt: (peer, at) => peerStateAt(record, peer, at),
    heard,
    mostBytes: connection.kind === "connected" ? connection.server.maxPayload : null,
    connected: connection.kind === "connected",
    startsServer: mayControlServer(),
  };
}
