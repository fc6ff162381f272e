import { expect, test } from "vitest";
import { PEER_STATES } from "../../../domain/events/events.ts";
import { activityOf, activityWords } from "./activity.ts";

test("a responder at work says how many it handles at once and how many wait in line", () => {
  expect(activityWords("connected", { inHand: 0, running: 0, perSecond: null })).toBe("idle");
  expect(activityWords("connected", { inHand: 1, running: 1, perSecond: null })).toBe("busy 1");
  expect(activityWords("connected", { inHand: 4, running: 4, perSecond: null })).toBe("busy 4 at once");
  expect(activityWords("connected", { inHand: 4, running: 1, perSecond: null })).toBe("busy 1 · 3 in line");
  expect(activityWords("frozen", { inHand: 2, running: 0, perSecond: null })).toBe("frozen · holds 2");
  expect(activityWords("draining", { inHand: 2, running: 1, perSecond: null })).toBe("draining · 2 left");
});

test("where much comes it says how much each second, and is not idle between two requests", () => {
  expect(activityWords("connected", { inHand: 3, running: 3, perSecond: 1000 })).toBe("1,000/s, 3 busy");
  expect(activityWords("connected", { inHand: 0, running: 0, perSecond: 1000 })).toBe("1,000/s");
  expect(activityOf("connected", { inHand: 0, perSecond: 1000 })).toBe("busy");
  expect(activityOf("connected", { inHand: 0, perSecond: 0 })).toBe("idle");
});

test("no two states that call for something else to be done look or read alike", () => {
  const shown = PEER_STATES.map((state) => activityWords(state, { inHand: 0, running: 0, perSecond: null }));
  expect(new Set(shown).size).toBe(PEER_STATES.length);
  expect(activityOf("killed", { inHand: 3, perSecond: null })).toBe("dead");
  // It is connected, and gets its requests as soon as the server permits its subject.
  expect(activityOf("notSubscribed", { inHand: 0, perSecond: null })).toBe("refused");
  expect(activityOf("frozen", { inHand: 3, perSecond: null })).not.toBe(
    activityOf("draining", { inHand: 3, perSecond: null }),
  );
});
