import { useStore } from "zustand";
import type { DiagnosisContext } from "../../../domain/diagnosis/failure.ts";
import { peerStateAt } from "../../../domain/record/peerStates.ts";
import { pageNow } from "../../../stores/page/clock.ts";
import { nameOf, peersStore } from "../../../stores/peers/peersStore.ts";
import { shownRecord } from "../../../stores/record/shownRecord.ts";
import { mayControlServer } from "../../../stores/peers/serverControl.ts";
import { serverStore } from "../../../stores/server/serverStore.ts";
import { useHeard } from "../server/useHeard.ts";

/** What is known around a failure now. `asksServer`: whether the server's list of subscriptions is wanted. */
export function useScene(asksServer: boolean): DiagnosisContext {
  const { responders, requesters } = useStore(peersStore);
  const { connection } = useStore(serverStore);
  const heard = useHeard(asksServer);
  const record = shownRecord();
  return {
    now: record.past?.at ?? pageNow(),
    nameOf,
    responders: responders.map(({ id, state, reason, setup }) => {
      const { subject, queue, delay, handling, errorShare, dropShare } = setup;
      return { id, state, reason, subject, queue, delay, handling, errorShare, dropShare };
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
