import { useMemo } from "react";
import { useStore } from "zustand";
import { readExchange } from "../../domain/exchanges/readExchange.ts";
import { selectionStore } from "../../stores/page/selectionStore.ts";
import { useRecord } from "../record/useRecord.ts";
import { NO_WAY, wayOf, type ChosenWay, type Participants } from "./layout/chosenWay.ts";
import type { Scene } from "./layout/flow.ts";

/** The way of the exchange that is selected, as far as it has come; of none when none is. */
export function useChosenWay(scene: Scene): ChosenWay {
  const seq = useStore(selectionStore, ({ selected }) =>
    selected?.kind === "exchange" ? selected.seq : null,
  );
  // A text can be compared: most of what is recorded changes nothing about it.
  const text = useRecord((record) => {
    const exchange = seq === null ? undefined : readExchange(record, seq);
    if (!exchange) return null;
    const { requester, subject, deliveries } = exchange;
    return JSON.stringify({ requester, subject, responders: deliveries.map(({ peer }) => peer) });
  });
  // Our own text, from above.
  return useMemo(
    () => (text === null ? NO_WAY : wayOf(scene, JSON.parse(text) as Participants)),
    [scene, text],
  );
}
