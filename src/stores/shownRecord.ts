import type { TrafficRecord } from "../domain/record.ts";
import { recordStore } from "./recordStore.ts";

/** The record as the page shows it: all of it while live, else what had happened by the instant that is shown. */
export const shownRecord = (): TrafficRecord => recordStore.getState().record;
