import type { Exchange } from "../events/exchange.ts";
import type { Remedy, DiagnosisContext } from "./failure.ts";
import { formatMs } from "../base/formats.ts";
import { LONGEST_TIMEOUT_MS } from "../setup/setupSchema.ts";

/** To as much as is wanted, in a round number, where its requester waits for less. In ms. */
export function raiseTimeout(
  { requester, timeoutMs }: Exchange,
  wantedMs: number,
  context: DiagnosisContext,
): Remedy[] {
  const asker = context.requesters.find(({ id }) => id === requester);
  const wanted = Math.min(LONGEST_TIMEOUT_MS, roundUp(Math.max(wantedMs, (timeoutMs ?? 0) + 1)));
  if (!asker || asker.timeoutMs >= wanted) return [];
  return [
    {
      words: `Raise the timeout of ${context.nameOf(asker.id)} to ${formatMs(wanted)}`,
      action: { kind: "raiseTimeout", requester: asker.id, timeoutMs: wanted },
    },
  ];
}

/** The next of 1, 1.5, 2, 3, 5 and 7.5 times a power of ten. In ms. */
export function roundUp(ms: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, ms)));
  const step = [1, 1.5, 2, 3, 5, 7.5, 10].find((each) => each * power >= ms) ?? 10;
  return Math.ceil(step * power);
}
