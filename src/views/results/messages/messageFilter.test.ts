import { expect, test } from "vitest";
import { HANDLER_RESULTS } from "../../../domain/events/events.ts";
import { summariseExchange } from "../../../domain/exchanges/readExchange.ts";
import { createRecord } from "../../../domain/record/createRecord.ts";
import { fold, foldState } from "../../../domain/record/fold.ts";
import { batchOf, type WrittenEvent } from "../../../domain/record/testing.ts";
import { rowWords } from "../../timeline/rowWords.ts";
import { servedWords } from "./messageFilter.ts";

const reply = "_INBOX.elsewhere.1";
const delivered: WrittenEvent = { kind: "delivered", at: 1000, reply, subject: "s", payload: "ask" };

function recordAfter(...events: readonly WrittenEvent[]) {
  const record = createRecord({ events: 64, exchanges: 8, textBytes: 4096 });
  fold(record, batchOf(events), 2, 0);
  return record;
}

/** What is said of a request from elsewhere after these events of the responder that got it. */
function wordsAfter(...events: readonly WrittenEvent[]): string | undefined {
  const record = recordAfter(...events);
  const summary = summariseExchange(record, 1);
  const words = summary && servedWords(summary);
  expect(rowWords(record, 1)).toContain(`: ${words}`);
  return words;
}

test("a request from elsewhere is in progress until its responder is done with it, or gone", () => {
  const handled = (result: "replied" | "dropped"): WrittenEvent => ({
    kind: "handled",
    at: 1003,
    reply,
    code: HANDLER_RESULTS.indexOf(result),
  });
  const handling: WrittenEvent = { kind: "handling", at: 1001, reply };
  expect(wordsAfter(delivered)).toBe("in progress");
  expect(wordsAfter(delivered, handling)).toBe("in progress");
  expect(wordsAfter(delivered, handling, handled("dropped"))).toBe("not answered");
  const answered: WrittenEvent = { kind: "answered", at: 1003, reply, payload: "yes" };
  expect(wordsAfter(delivered, handling, answered, handled("replied"))).toBe("answered here");

  const record = recordAfter(delivered, handling);
  foldState(record, 2, "killed", 1004, { kind: "killed" });
  expect(rowWords(record, 1)).toContain("not answered");
});
