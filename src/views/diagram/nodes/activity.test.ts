import { expect, test } from "vitest";
import { PEER_STATES } from "../../../domain/events/events.ts";
import { activityOf, activityWords } from "./activity.ts";

test("a responder at work says how many it handles at once and how many wait in line", () => {
  expect(activityWords("connected", { inHand: 0, running: 0 })).toBe("idle");
  expect(activityWords("connected", { inHand: 1, running: 1 })).toBe("busy 1");
  expect(activityWords("connected", { inHand: 4, running: 4 })).toBe("busy 4 at once");
  expect(activityWords("connected", { inHand: 4, running: 1 })).toBe("busy 1 · 3 in line");
  expect(activityWords("frozen", { inHand: 2, running: 0 })).toBe("frozen · holds 2");
  expect(activityWords("draining", { inHand: 2, running: 1 })).toBe("draining · 2 left");
});

test("no two states that call for something else to be done look or read alike", () => {
  const shown = PEER_STATES.map((state) => activityWords(state, { inHand: 0, running: 0 }));
  expect(new Set(shown).size).toBe(PEER_STATES.length);
  expect(activityOf("killed", { inHand: 3 })).toBe("dead");
  expect(activityOf("frozen", { inHand: 3 })).not.toBe(activityOf("draining", { inHand: 3 }));
});
