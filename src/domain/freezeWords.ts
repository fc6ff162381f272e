import { formatCount, formatShare } from "./formats.ts";
import { runFigures, type Run } from "./runs.ts";

/** A reply that took longer than this was held up by the freeze, in ms: the work itself takes a twentieth of it. */
const HELD_UP_MS = 100;

/** What each of two load tests would have told of the same freeze, in plain words. `say` writes a duration. */
export function freezeWords(
  closed: Run,
  open: Run,
  say: (ms: number) => string,
): { readonly closed: string; readonly open: string; readonly both: string } {
  const [few, many] = [heldUp(closed), heldUp(open)];
  const [tame, true_] = [runFigures(closed).fromStart, runFigures(open).fromPlanned];
  return {
    closed: `${formatCount(few.held)} of ${formatCount(few.of)} calls met the freeze. It reports p99 ${say(tame?.p99Ms ?? NaN)}: “as good as always, one outlier”.`,
    open: `${formatCount(many.held)} of ${formatCount(many.of)} calls met it (${formatShare(many.held / Math.max(1, many.of))}). It reports p99 ${say(true_?.p99Ms ?? NaN)}: “for two seconds nobody was served”.`,
    both: `The closed load stopped asking while nobody answered, so the calls that would have waited are not in its figures. That is coordinated omission: the slower the service, the less the test asks it. People do not wait for each other before they come.`,
  };
}

function heldUp({ fromPlanned }: Run): { held: number; of: number } {
  const of = fromPlanned.totalCount;
  let held = 0;
  const values = fromPlanned.recordedValuesIterator;
  values.reset();
  while (values.hasNext()) {
    const { valueIteratedTo, countAddedInThisIterationStep } = values.next();
    if (valueIteratedTo > HELD_UP_MS * 1000) held += countAddedInThisIterationStep;
  }
  return { held, of };
}
