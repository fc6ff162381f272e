import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { OUTCOMES, type Outcome } from "../events/outcomes.ts";
import { PRESETS } from "../setup/policyPresets.ts";
import { resultsDocument, type Results } from "./resultsDocument.ts";
import { addToRun, createRun } from "./runs.ts";
import type { Delay, ResponderSetup, Setup } from "../setup/setup.ts";

/** Each outcome once. */
const outcomes = Object.fromEntries(OUTCOMES.map((outcome) => [outcome, 1])) as Record<Outcome, number>; // all keys
const ledger = { started: OUTCOMES.length + 2, inFlight: 2, outcomes };
const responder: ResponderSetup = {
  name: "responder-1",
  subject: "user.get",
  queue: "users",
  handler: { kind: "builtin", id: "echo" },
  delay: { kind: "none" },
  handling: "concurrent",
  errorShare: 0,
  dropShare: 0,
};
const delays: readonly Delay[] = [
  { kind: "fixed", ms: 1 },
  { kind: "uniform", minMs: 1, maxMs: 2 },
  { kind: "normal", meanMs: 1, deviationMs: 2 },
  { kind: "exponential", meanMs: 1 },
];
const scenario: Setup = {
  seed: 1,
  responders: delays.map((delay) => ({ ...responder, delay })),
  requesters: PRESETS.map(({ policy }) => ({
    name: "client-1",
    subject: "user.get",
    payload: { format: "text", template: "" },
    headers: [{ name: "a", value: "b" }],
    timeoutMs: 1,
    policy,
  })),
};
const results: Results = {
  exportedAt: Date.UTC(2026, 0, 2, 3, 4, 5),
  server: { name: "nats", version: "2.12.0" },
  counters: {
    calls: ledger,
    exchanges: ledger,
    late: 3,
    duplicate: 4,
    served: 5,
    dropped: { events: 6, exchanges: 7, texts: 8 },
  },
  latency: { count: 2, minMs: 0.1234567, meanMs: 1, p50Ms: 1, p90Ms: 2, p99Ms: 3, p999Ms: 4, maxMs: 5 },
  clockStepMs: 0.005,
  runs: [],
  responders: [{ name: "responder-1", queue: "users", received: 2, replied: 1, errors: 1 }],
  scenario,
};

/** One of each schedule. */
const runs = (["constant", "poisson", "ramp", "spike", null] as const).map((kind, id) => {
  const bounds = { requests: 10, durationMs: 1000 };
  const spiked = { toPerSecond: 2, afterMs: 1, forMs: 1 };
  const run = createRun({
    id,
    requester: "client-1",
    purpose: "load",
    seed: 1,
    startedAt: 0,
    plan:
      kind === null
        ? { kind: "concurrency", concurrency: 1, bounds }
        : { kind: "rate", perSecond: 1, bounds, warmUpCalls: 0, shape: { ...spiked, kind } },
  });
  const progress = { running: false, started: 1, finished: 1, late: 0, skipped: 0, elapsedMs: 1 };
  const [one, whole] = [Float64Array.of(1), Uint32Array.of(2)];
  addToRun(run, progress, {
    index: whole,
    plannedMs: one,
    startedMs: one,
    endedMs: one,
    outcome: Uint8Array.of(0),
  });
  return run;
});

describe("resultsDocument", () => {
  it("has the shape that is documented", () => {
    expect(resultsDocument(results)).toEqual({
      format: "roundtrip.results",
      version: 1,
      exportedAt: "2026-01-02T03:04:05.000Z",
      server: { name: "nats", version: "2.12.0" },
      counts: { started: 11, inFlight: 2, ...outcomes, late: 3, duplicate: 4 },
      exchanges: { started: 11, inFlight: 2, ...outcomes },
      served: 5,
      latencyMs: { count: 2, min: 0.123, mean: 1, p50: 1, p90: 2, p99: 3, p999: 4, max: 5 },
      clockStepMs: 0.005,
      runs: [],
      responders: [{ name: "responder-1", queue: "users", received: 2, replied: 1, errors: 1 }],
      dropped: { events: 6, exchanges: 7, texts: 8 },
      scenario,
    });
  });

  it("says null where nothing is known", () => {
    expect(resultsDocument({ ...results, server: null, latency: null })).toMatchObject({
      server: null,
      latencyMs: null,
    });
  });

  it("takes only what is documented from objects that hold more", () => {
    const address = { name: "nats", version: "2.12.0", password: "secret" };
    expect(JSON.stringify(resultsDocument({ ...results, server: address }))).not.toContain("secret");
  });

  it("has every field named in docs/results.md", async () => {
    const documentation = await readFile(`${import.meta.dirname}/../../../docs/results.md`, "utf8");
    const missing = fieldsOf(resultsDocument({ ...results, runs })).filter(
      (field) => !documentation.includes(`\`${field}\``),
    );
    expect(missing).toEqual([]);
  });
});

/** The names of all members at any depth. */
function fieldsOf(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(fieldsOf);
  return Object.entries(value).flatMap(([name, member]) => [name, ...fieldsOf(member)]);
}
