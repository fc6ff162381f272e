import { WastedWorkIndex } from "../../../domain/exchanges/wastedWork.ts";
import { recordStore } from "../../../stores/record/recordStore.ts";

/** So many of the older exchanges are looked at in one go. */
const BUDGET = 1500;

let index: WastedWorkIndex | null = null;

/** The work that was done for nobody, as of now; what was there before is taken in by and by. */
export function wastedWork(): WastedWorkIndex {
  index ??= new WastedWorkIndex(recordStore.getState().record);
  index.advance(BUDGET);
  return index;
}
