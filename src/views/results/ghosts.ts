import { GhostWorkIndex } from "../../domain/exchanges/ghostWork.ts";
import { recordStore } from "../../stores/record/recordStore.ts";

/** So many of the older exchanges are looked at in one go. */
const BUDGET = 1500;

let index: GhostWorkIndex | null = null;

/** The work that was done for nobody, as of now; what was there before is taken in by and by. */
export function ghostWork(): GhostWorkIndex {
  index ??= new GhostWorkIndex(recordStore.getState().record);
  index.advance(BUDGET);
  return index;
}
