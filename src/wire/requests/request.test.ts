import fc from "fast-check";
import { expect, test } from "vitest";
import { createRequester } from "./request.ts";
import type { Exchanges } from "./exchanges.ts";
import { prepareRequest } from "./preparedRequest.ts";
import { KIND } from "../../domain/events/events.ts";

/** Leaves every request in flight. */
const SILENT: Exchanges = { start() {}, request: () => new Promise(() => {}), cancel() {} };

/** The ids of so many calls of a worker that began at a time. */
function idsOf(peer: number, startedAt: number, calls: number): number[] {
  const ids: number[] = [];
  const requester = createRequester({
    peer,
    exchanges: SILENT,
    sink: {
      record(kind, _at, _exchange, link) {
        if (kind === KIND.called) ids.push(link);
      },
      recordMessage() {},
    },
    clock: () => startedAt,
  });
  const request = prepareRequest("user.get", [], 1000);
  for (let call = 0; call < calls; call++) void requester.call(request, new Uint8Array(0));
  return ids;
}

test("no two calls have the same number, though one requester's worker is started again or another has its calls", () => {
  const began = 1_700_000_000_000;
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 300 }), (first, second) => {
      // No worker makes more than a call a µs.
      const ids = [
        ...idsOf(7, began, first),
        ...idsOf(7, began + Math.ceil(first / 1000), second),
        ...idsOf(8, began, first),
      ];
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.every(Number.isSafeInteger)).toBe(true);
    }),
  );
});
