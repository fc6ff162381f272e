import { afterEach, describe, expect, it } from "vitest";
import { withTestServer } from "../../../tools/nats/testServer.ts";
import { eachSample, type CallSample } from "../../domain/load/callSamples.ts";
import { PLAIN_POLICY } from "../../domain/setup/policies.ts";
import type { LoadPlan, Policy, RequesterSetup, RetryPolicy } from "../../domain/setup/setup.ts";
import {
  clock,
  closePeers,
  openRequester,
  openResponder,
  type TestRequester,
  until,
} from "../../wire/testing.ts";
import { createCallSource } from "./callSource.ts";
import { startLoad, type Load } from "./load.ts";
import type { LoadProgress } from "../messages.ts";
import { createSendQueue } from "./sendQueue.ts";

const server = withTestServer();
afterEach(closePeers);

const SETUP: RequesterSetup = {
  name: "client-1",
  subject: "user.get",
  payload: { format: "json", template: '{"n":{{n}},"r":{{random}}}' },
  headers: [],
  timeoutMs: 300,
  policy: PLAIN_POLICY,
};

interface RunningLoad extends Load {
  readonly progress: LoadProgress[];
  readonly samples: CallSample[];
}

function run(client: TestRequester, plan: LoadPlan, policy: Policy = PLAIN_POLICY): RunningLoad {
  const progress: LoadProgress[] = [];
  const samples: CallSample[] = [];
  const { requester, connection } = client;
  const source = createCallSource(requester, { ...SETUP, policy }, 1, 5);
  const load = startLoad({
    run: 1,
    plan,
    seed: 3,
    source,
    requester,
    connection,
    clock,
    onProgress(now, ended) {
      progress.push(now);
      if (ended) samples.push(...eachSample(ended));
    },
  });
  return {
    progress,
    samples,
    stop: load.stop,
    get running() {
      return load.running;
    },
  };
}

const ended = (load: RunningLoad): Promise<void> => until("the load has ended", () => !load.running, 15_000);

describe("a load with fixed concurrency", () => {
  it("keeps so many calls in flight and makes as many as it was told to", async () => {
    await openResponder(server, ({ text }) => text, { delay: { kind: "fixed", ms: 3 } });
    const client = await openRequester(server);
    const load = run(client, {
      kind: "concurrency",
      concurrency: 7,
      bounds: { requests: 100, durationMs: null },
    });
    await ended(load);
    let [open, most] = [0, 0];
    for (const { kind } of client.recorder.events) {
      if (kind === "called") most = Math.max(most, ++open);
      if (kind === "concluded") open--;
    }
    expect([open, most]).toEqual([0, 7]);
    expect(load.progress.at(-1)).toMatchObject({ running: false, started: 100, finished: 100, skipped: 0 });
    expect(client.recorder.outcomes().every((outcome) => outcome === "replied")).toBe(true);
  });

  it("numbers its calls and draws alike for the same seed", async () => {
    await openResponder(server, () => "");
    const payloads = async (): Promise<string[]> => {
      const client = await openRequester(server);
      await ended(
        run(client, { kind: "concurrency", concurrency: 2, bounds: { requests: 20, durationMs: null } }),
      );
      return client.recorder.of("sent").map((event) => event.payload);
    };
    const first = await payloads();
    expect(first.map((payload) => Reflect.get(JSON.parse(payload), "n"))).toEqual(
      Array.from({ length: 20 }, (_, n) => n + 1),
    );
    expect(new Set(first.map((payload) => Reflect.get(JSON.parse(payload), "r"))).size).toBeGreaterThan(15);
    expect(await payloads()).toEqual(first);
  });

  it("starts no more calls when it is stopped, and ends when the last one has its outcome", async () => {
    const { responder } = await openResponder(server, () => "");
    const client = await openRequester(server);
    const load = run(client, {
      kind: "concurrency",
      concurrency: 4,
      bounds: { requests: null, durationMs: 60_000 },
    });
    await until("it is running", () => client.recorder.outcomes().length > 20);
    responder.freeze();
    load.stop();
    const { length } = client.recorder.of("called");
    await ended(load);
    expect(client.recorder.of("called")).toHaveLength(length);
    expect(client.recorder.outcomes()).toHaveLength(length);
    expect(load.progress.at(-1)).toMatchObject({ running: false, started: length, finished: length });
  });

  it("does not spin while the server is away, and goes on when it is back", async () => {
    await openResponder(server, () => "");
    const client = await openRequester(server);
    const load = run(client, {
      kind: "concurrency",
      concurrency: 4,
      bounds: { requests: null, durationMs: 60_000 },
    });
    await until("it is running", () => client.recorder.outcomes().includes("replied"));
    await server.nats.kill();
    const before = client.recorder.of("called").length;
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(client.recorder.of("called").length - before).toBeLessThan(40);
    await server.nats.start();
    const lost = client.recorder.outcomes().length;
    await until(
      "replies come again",
      () => client.recorder.outcomes().slice(lost).includes("replied"),
      15_000,
    );
    load.stop();
    await ended(load);
    expect(client.recorder.outcomes()).toHaveLength(client.recorder.of("called").length);
  });
});

describe("a load with fixed rate", () => {
  it("starts exactly the calls that are planned, whatever becomes of them", async () => {
    const { responder } = await openResponder(server, () => "");
    responder.freeze();
    const client = await openRequester(server);
    const load = run(client, { kind: "rate", perSecond: 400, bounds: { requests: null, durationMs: 500 } });
    await ended(load);
    expect(load.progress.at(-1)).toMatchObject({ started: 200, finished: 200, skipped: 0 });
    const times = client.recorder.of("called").map((event) => event.at);
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(450);
    expect(new Set(client.recorder.outcomes())).toEqual(new Set(["timedOut"]));
  });

  it("counts as skipped what it is too late for", async () => {
    await openResponder(server, () => "");
    const client = await openRequester(server);
    const load = run(client, { kind: "rate", perSecond: 100, bounds: { requests: 200, durationMs: null } });
    // The worker is kept from its event loop, as a machine that slept would.
    const end = performance.now() + 1500;
    while (performance.now() < end);
    await ended(load);
    const last = load.progress.at(-1);
    expect((last?.started ?? 0) + (last?.skipped ?? 0)).toBe(200);
    expect(last?.skipped).toBeGreaterThanOrEqual(40);
    expect(last?.skipped).toBeLessThanOrEqual(80);
  });
});

describe("a load with a schedule", () => {
  it("plans the same whatever becomes of its calls, and tells each with its planned, its actual start and its end", async () => {
    const plan: LoadPlan = {
      kind: "rate",
      perSecond: 300,
      shape: { kind: "poisson" },
      bounds: { requests: null, durationMs: 600 },
    };
    const { responder } = await openResponder(server, () => "");
    const planned = async (): Promise<number[]> => {
      const load = run(await openRequester(server), plan);
      await ended(load);
      expect(load.samples).toHaveLength(load.progress.at(-1)?.started ?? 0);
      for (const { plannedMs, startedMs, endedMs } of load.samples) {
        expect(startedMs).toBeGreaterThanOrEqual(plannedMs);
        expect(endedMs).toBeGreaterThanOrEqual(startedMs);
      }
      return load.samples.toSorted((a, b) => a.index - b.index).map(({ plannedMs }) => plannedMs);
    };
    const answered = await planned();
    responder.freeze();
    expect(await planned()).toEqual(answered);
    expect(answered.length).toBeGreaterThan(100);
  });

  it("counts as late what a busy worker starts too late, and measures it from when it was planned", async () => {
    await openResponder(server, () => "");
    const load = run(await openRequester(server), {
      kind: "rate",
      perSecond: 100,
      bounds: { requests: 60, durationMs: null },
    });
    const end = performance.now() + 300;
    while (performance.now() < end);
    await ended(load);
    expect(load.progress.at(-1)).toMatchObject({ started: 60, skipped: 0 });
    expect(load.progress.at(-1)?.late).toBeGreaterThanOrEqual(20);
    const slowest = Math.max(...load.samples.map(({ plannedMs, endedMs }) => endedMs - plannedMs));
    expect(slowest).toBeGreaterThan(250);
    const answers = load.samples.map(({ startedMs, endedMs }) => endedMs - startedMs).sort((a, b) => a - b);
    expect(answers[30]).toBeLessThan(150);
  });
});

describe("a load under a policy", () => {
  const retry: RetryPolicy = {
    attempts: 3,
    timeouts: "same",
    backoff: "fixed",
    firstDelayMs: 5,
    maxDelayMs: 5,
    jitter: "full",
  };
  const endedOnce = ({ recorder }: TestRequester): void => {
    const links = (kind: "called" | "concluded"): number[] => recorder.of(kind).map(({ link }) => link);
    expect(links("concluded").toSorted()).toEqual(links("called").toSorted());
    expect(recorder.of("settled")).toHaveLength(recorder.of("attempted").length);
  };

  it("tries again what fails, and keeps as many calls in flight as it was told to", async () => {
    await openResponder(server, ({ text }) => text, { errorShare: 0.5 });
    const client = await openRequester(server);
    const load = run(
      client,
      { kind: "concurrency", concurrency: 8, bounds: { requests: 200, durationMs: null } },
      { ...PLAIN_POLICY, on: ["errorReply"], retry },
    );
    await ended(load);
    endedOnce(client);
    const good = client.recorder.outcomes().filter((outcome) => outcome === "replied").length;
    // Three attempts fail in one of eight calls.
    expect(good).toBeGreaterThan(140);
    expect(client.recorder.of("attempted").length).toBeGreaterThan(280);
  });

  it("does not spin while the breaker is open, and lets no call go unconcluded", async () => {
    const client = await openRequester(server);
    const load = run(
      client,
      { kind: "concurrency", concurrency: 4, bounds: { requests: null, durationMs: 700 } },
      { ...PLAIN_POLICY, retry, breaker: { failures: 5, openMs: 250 } },
    );
    await ended(load);
    endedOnce(client);
    expect(client.recorder.outcomes()).toContain("shortCircuited");
    expect(client.recorder.of("called").length).toBeLessThan(60);
    expect(client.recorder.of("breaker").length).toBeGreaterThan(1);
  });
});

describe("calls sent at once", () => {
  it("are all made, also when there are more than one turn of the event loop starts", async () => {
    await openResponder(server, () => "");
    const client = await openRequester(server);
    const queue = createSendQueue(client.requester, client.connection);
    queue.add(createCallSource(client.requester, { ...SETUP, timeoutMs: 10_000 }, 1, 1), 1200);
    await until("all are replied to", () => client.recorder.outcomes().length === 1200, 10_000);
    expect(new Set(client.recorder.outcomes())).toEqual(new Set(["replied"]));
  });
});
