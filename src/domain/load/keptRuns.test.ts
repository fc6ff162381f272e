import { expect, it } from "vitest";
import { createSampleWriter } from "./callSamples.ts";
import { keepRun, parseKeptRuns, settingsChanged, type KeptRun, type RunSurroundings } from "./keptRuns.ts";
import { PLAIN_POLICY } from "../setup/policies.ts";
import { addToRun, createRun } from "./runs.ts";
import type { ResponderSetup } from "../setup/setup.ts";

const responder: ResponderSetup = {
  name: "responder-1",
  subject: "user.get",
  queue: "users",
  handler: { kind: "code", title: "mine", source: "export default () => 1" },
  delay: { kind: "none" },
  handling: "concurrent",
  errorShare: 0,
  dropShare: 0,
};
const AROUND: RunSurroundings = {
  requester: {
    name: "client-1",
    subject: "user.get",
    payload: { format: "text", template: "" },
    headers: [],
    timeoutMs: 1000,
    policy: PLAIN_POLICY,
  },
  responders: [{ ...responder, state: "connected" }],
  server: "2.12.0",
};

function kept(around: RunSurroundings, replies = 20): KeptRun | null {
  const bounds = { requests: 100, durationMs: null };
  const run = createRun({
    id: 1,
    requester: "client-1",
    purpose: "load",
    seed: 1,
    startedAt: 0,
    plan: { kind: "rate", perSecond: 100, bounds, warmUpCalls: 0 },
  });
  const writer = createSampleWriter();
  for (let n = 0; n < replies; n++) writer.add(n, n * 10, n * 10, n * 10 + 2, 0);
  const progress = { running: false, started: replies, finished: replies, late: 0, skipped: 0, elapsedMs: 1 };
  addToRun(run, progress, writer.take());
  return keepRun(run, { id: 7, name: "one", clockStepMs: 0.005 }, around);
}

function sure(run: KeptRun | null): KeptRun {
  if (!run) throw new Error("nothing was kept");
  return run;
}

it("is what it was after it was written down and read again", () => {
  const run = sure(kept(AROUND));
  expect(parseKeptRuns(JSON.parse(JSON.stringify([run])))).toEqual([run]);
  expect(run.stretches.flat().reduce((sum, value, index) => sum + (index % 2 === 1 ? value : 0), 0)).toBe(20);
});

it("takes nothing from storage that it does not understand", () => {
  const run = sure(kept(AROUND));
  expect(parseKeptRuns("no list")).toEqual([]);
  expect(parseKeptRuns([{ ...run, stretches: "x" }, null, run, { ...run, figures: {} }])).toEqual([run]);
});

it("keeps no run without a reply", () => {
  expect(kept(AROUND, 0)).toBeNull();
});

it("says what was set otherwise: a member more, an edited handler, a frozen responder", () => {
  const before = sure(kept(AROUND));
  expect(settingsChanged(before, before)).toEqual([]);
  const second = { ...responder, name: "responder-2", state: "connected" };
  const edited = { kind: "code", title: "mine", source: "export default () => 2" } as const;
  const after = sure(
    kept({ ...AROUND, responders: [{ ...responder, handler: edited, state: "frozen" }, second] }),
  );
  const changes = settingsChanged(before, after);
  expect(changes.map(({ label }) => label)).toEqual(["responder-1", "responder-2"]);
  expect(changes[0]?.after).toMatch(/handler mine #.*frozen/);
  expect(changes[0]?.before).not.toBe(changes[0]?.after.replace(", frozen", ""));
  expect(changes[1]?.before).toBe("");
});
