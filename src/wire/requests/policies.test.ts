import { decodeReason, encodeReason } from "../../domain/events/reasons.ts";
import { describeReasonIfAny } from "../../domain/narration/describeReason.ts";
import { afterEach, describe, expect, it } from "vitest";
import { withTestServer } from "../../../tools/nats/testServer.ts";
import { BREAKER_STATES, FLAG } from "../../domain/events/events.ts";
import { type Outcome, outcomeOf } from "../../domain/events/outcomes.ts";
import { CALL_HEADER, PLAIN_POLICY, PLAIN_RETRY } from "../../domain/setup/policies.ts";
import { seededRandom } from "../../domain/base/random.ts";
import type { GatherPolicy, Policy, RetryPolicy } from "../../domain/setup/setup.ts";
import { prepareRequest } from "./preparedRequest.ts";
import type { CallEnd } from "./request.ts";
import { closePeers, openRequester, openResponder, type TestRequester, until } from "../testing.ts";

const server = withTestServer();
afterEach(closePeers);

const QUICK: RetryPolicy = { ...PLAIN_RETRY, attempts: 3, firstDelayMs: 20, maxDelayMs: 1000 };

const call = (
  client: TestRequester,
  policy: Partial<Policy>,
  timeoutMs = 100,
  seed = 1,
): Promise<CallEnd> => {
  const request = prepareRequest("user.get", [{ name: "Trace-Id", value: "7" }], timeoutMs);
  const under = { policy: { ...PLAIN_POLICY, ...policy }, random: seededRandom(seed) };
  return client.requester.call(request, new TextEncoder().encode("{}"), under);
};

/** Every call and every exchange that was begun has ended exactly once. */
function expectToAddUp({ recorder }: TestRequester): void {
  const links = (kind: "called" | "concluded"): number[] => recorder.of(kind).map(({ link }) => link);
  expect(links("concluded").toSorted()).toEqual(links("called").toSorted());
  const keys = (kind: "attempted" | "settled"): number[] => recorder.of(kind).map(({ exchange }) => exchange);
  expect(keys("settled").toSorted()).toEqual(keys("attempted").toSorted());
}

const settledAs = ({ recorder }: TestRequester): (Outcome | undefined)[] =>
  recorder.of("settled").map(({ code }) => outcomeOf(code));
const waits = ({ recorder }: TestRequester): number[] => recorder.of("backoff").map(({ code }) => code);
const breakerStates = ({ recorder }: TestRequester): (string | undefined)[] =>
  recorder.of("breaker").map(({ code }) => BREAKER_STATES[code]);

describe("a retry", () => {
  it("asks again until there is a reply, as one call with attempts that are told apart", async () => {
    let asked = 0;
    await openResponder(server, () => (++asked < 3 ? new Promise(() => {}) : "at last"));
    const client = await openRequester(server);
    expect(await call(client, { retry: QUICK })).toMatchObject({ outcome: "replied", sent: true });
    const attempted = client.recorder.of("attempted");
    const [called] = client.recorder.of("called");
    expect(attempted.map(({ size, link }) => [size, link])).toEqual([1, 2, 3].map((n) => [n, called?.link]));
    expect(settledAs(client)).toEqual(["timedOut", "timedOut", "replied"]);
    expect(client.recorder.outcomes()).toEqual(["replied"]);
    expect(waits(client)).toEqual([20, 40]);
    expect(client.recorder.of("backoff").map(({ size, exchange }) => [size, exchange])).toEqual([
      [2, attempted[0]?.exchange],
      [3, attempted[1]?.exchange],
    ]);
    for (const [n, { at, code }] of client.recorder.of("backoff").entries()) {
      expect((attempted[n + 1]?.at ?? 0) - at).toBeGreaterThan(code - 2);
    }
    expectToAddUp(client);
  });

  it("ends with the last failure when no attempt brings a reply, and says so", async () => {
    const client = await openRequester(server);
    expect((await call(client, { retry: QUICK })).outcome).toBe("noResponders");
    expect(client.recorder.of("attempted")).toHaveLength(3);
    expect(client.recorder.of("concluded")[0]).toMatchObject({ size: 3, flags: 0 });
    expectToAddUp(client);
  });

  it("asks again only for what counts as a failure", async () => {
    await openResponder(server, () => ({ error: "no such user" }));
    const client = await openRequester(server);
    expect((await call(client, { retry: QUICK })).outcome).toBe("errorReply");
    expect(client.recorder.of("attempted")).toHaveLength(1);
    expect((await call(client, { retry: QUICK, on: ["errorReply"] })).outcome).toBe("errorReply");
    expect(client.recorder.of("attempted")).toHaveLength(4);
  });

  it("names the call the same in each attempt, and counts them", async () => {
    const { recorder } = await openResponder(server, () => ({ error: "again" }));
    const client = await openRequester(server);
    const policy: Partial<Policy> = { retry: QUICK, on: ["errorReply"], callHeader: CALL_HEADER };
    await call(client, policy);
    await call(client, policy);
    const headers = recorder.of("delivered").map((event) => event.headers);
    expect(headers.map((text) => /Attempt: (\d)/.exec(text)?.[1])).toEqual(["1", "2", "3", "1", "2", "3"]);
    const names = headers.map((text) => /Idempotency-Key: (\S+)/.exec(text)?.[1]);
    expect(new Set(names.slice(0, 3)).size).toBe(1);
    expect(new Set(names).size).toBe(2);
    expect(headers.every((text) => text.includes("Trace-Id: 7\r\n"))).toBe(true);
  });

  it("waits as the seed says, and twice as long for a reply each time where it is told to", async () => {
    const policy: Partial<Policy> = {
      retry: { ...QUICK, jitter: "full", timeouts: "exponential" },
    };
    const { responder } = await openResponder(server, () => "");
    responder.freeze();
    const drawn: number[][] = [];
    for (const seed of [5, 5, 6]) {
      const client = await openRequester(server);
      await call(client, policy, 10, seed);
      drawn.push(waits(client));
      expect(client.recorder.of("attempted").map(({ code }) => code)).toEqual([10, 20, 40]);
    }
    expect(drawn[1]).toEqual(drawn[0]);
    expect(drawn[2]).not.toEqual(drawn[0]);
  });

  it("is given up at once, in an attempt or between two", async () => {
    const { responder } = await openResponder(server, () => "");
    responder.freeze();
    const client = await openRequester(server);
    const retry = { ...QUICK, firstDelayMs: 30_000, maxDelayMs: 30_000 };
    const calls = [call(client, { retry }, 20), call(client, { retry }, 5000)];
    await until("one waits for its next attempt", () => client.recorder.of("backoff").length === 1);
    client.requester.cancel({ kind: "cancelled", by: "person" });
    expect((await Promise.all(calls)).map(({ outcome }) => outcome)).toEqual(["cancelled", "cancelled"]);
    const [first, second] = client.recorder.of("attempted");
    expect(
      client.recorder
        .of("concluded")
        .map(({ exchange }) => exchange)
        .toSorted(),
    ).toEqual([first?.exchange ?? 0, second?.exchange ?? 0].toSorted());
    expect(client.requester.inFlight).toBe(0);
    expectToAddUp(client);
  });

  it("outlives a server that is killed and started again", async () => {
    await openResponder(server, () => "back");
    const client = await openRequester(server);
    await server.nats.kill();
    await until("the loss is known", () => client.connection.live === null);
    const retry: RetryPolicy = { ...QUICK, attempts: 10, backoff: "fixed", firstDelayMs: 300 };
    const made = call(client, { retry }, 500);
    await server.nats.start();
    expect((await made).outcome).toBe("replied");
    expectToAddUp(client);
  });
});

describe("a fallback", () => {
  it("takes the place of a reply that does not come, and of no other", async () => {
    const client = await openRequester(server);
    const fallback = { format: "json", text: "{}" } as const;
    expect((await call(client, { retry: QUICK, fallback })).outcome).toBe("fellBack");
    expect(client.recorder.of("concluded")[0]).toMatchObject({
      size: 3,
      payload: encodeReason({ kind: "fellBack", from: "noResponders" }),
    });
    await openResponder(server, () => "here");
    expect((await call(client, { retry: QUICK, fallback })).outcome).toBe("replied");
    expectToAddUp(client);
  });
});

describe("a circuit breaker", () => {
  const breaker = { failures: 2, openMs: 150 };

  it("opens after failures in a row, sends nothing while it is open, and closes when one attempt succeeds", async () => {
    const client = await openRequester(server);
    const outcomes: Outcome[] = [];
    for (let n = 0; n < 4; n++) outcomes.push((await call(client, { breaker })).outcome);
    expect(outcomes).toEqual(["noResponders", "noResponders", "shortCircuited", "shortCircuited"]);
    expect(client.recorder.of("attempted")).toHaveLength(2);
    expect(client.recorder.of("breaker")[0]).toMatchObject({ link: 150, size: 2 });

    const { responder } = await openResponder(server, () => "here", { delay: { kind: "fixed", ms: 50 } });
    expect(responder).toBeDefined();
    await new Promise((resolve) => setTimeout(resolve, breaker.openMs + 10));
    const trial = call(client, { breaker }, 5000);
    const beside = call(client, { breaker }, 5000);
    expect((await beside).outcome).toBe("shortCircuited");
    expect((await trial).outcome).toBe("replied");
    expect(breakerStates(client)).toEqual(["open", "halfOpen", "closed"]);
    expect((await call(client, { breaker }, 5000)).outcome).toBe("replied");
    expectToAddUp(client);
  });

  it("opens again when that attempt fails, or is given up", async () => {
    const client = await openRequester(server);
    const opened = { failures: 1, openMs: 100 };
    const afterOpen = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 110));
    await call(client, { breaker: opened });
    await afterOpen();
    await call(client, { breaker: opened });
    expect(breakerStates(client)).toEqual(["open", "halfOpen", "open"]);
    const { responder } = await openResponder(server, () => "");
    responder.freeze();
    await afterOpen();
    const trial = call(client, { breaker: opened }, 5000);
    await until("it is under way", () => client.recorder.of("attempted").length === 3);
    client.requester.cancel({ kind: "cancelled", by: "person" });
    expect((await trial).outcome).toBe("cancelled");
    expect(breakerStates(client).slice(3)).toEqual(["halfOpen", "open"]);
    expectToAddUp(client);
  });

  it("does not count what was given up or refused", async () => {
    const client = await openRequester(server);
    const once = { failures: 1, openMs: 1000 };
    const request = prepareRequest("two words", [], 100);
    const under = { policy: { ...PLAIN_POLICY, breaker: once }, random: seededRandom(1) };
    expect((await client.requester.call(request, new Uint8Array(0), under)).outcome).toBe("refused");
    expect(breakerStates(client)).toEqual([]);
  });

  it("ends a retry when it opens, with what the last attempt ended with; what follows falls back", async () => {
    const client = await openRequester(server);
    const policy = { breaker, retry: { ...QUICK, attempts: 5 } };
    expect((await call(client, policy)).outcome).toBe("noResponders");
    expect(client.recorder.of("attempted")).toHaveLength(2);
    expect(client.recorder.of("concluded")[0]).toMatchObject({ size: 2, flags: FLAG.barred });
    const fallback = { format: "text", text: "sorry" } as const;
    expect(await call(client, { ...policy, fallback })).toMatchObject({ outcome: "fellBack", sent: false });
    expectToAddUp(client);
  });

  it("begins closed when its settings or its subject change", async () => {
    const client = await openRequester(server);
    await call(client, { breaker: { failures: 1, openMs: 60_000 } });
    expect((await call(client, { breaker: { failures: 1, openMs: 50_000 } })).outcome).toBe("noResponders");
    expect(breakerStates(client)).toEqual(["open", "closed", "open"]);
    await call(client, {});
    expect(breakerStates(client)).toEqual(["open", "closed", "open"]);
  });
});

describe("scatter-gather", () => {
  const rules: GatherPolicy = { count: null, forMs: 300, gapMs: null, sentinel: false };

  const answering = (...delaysMs: number[]): Promise<unknown> =>
    Promise.all(
      delaysMs.map((ms, n) =>
        openResponder(server, () => `from ${n}`, {
          name: `responder-${n + 1}`,
          queue: null,
          delay: ms === 0 ? { kind: "none" } : { kind: "fixed", ms },
        }),
      ),
    );
  const reason = ({ recorder }: TestRequester): string =>
    describeReasonIfAny(decodeReason(recorder.of("settled").at(-1)?.payload ?? ""));
  const took = ({ recorder }: TestRequester): number =>
    (recorder.of("settled")[0]?.at ?? 0) - (recorder.of("attempted")[0]?.at ?? 0);

  it("takes every reply until its time is over, and one that comes later is late", async () => {
    await answering(0, 20, 450);
    const client = await openRequester(server);
    expect((await call(client, { gather: rules })).outcome).toBe("replied");
    expect(reason(client)).toBe("2 replies gathered; stopped after 300 ms.");
    expect(client.recorder.of("settled")[0]).toMatchObject({ link: 2 });
    expect(took(client)).toBeGreaterThan(295);
    await until("the late one arrives", () => client.recorder.of("arrived").length === 3);
    expect(client.recorder.of("sent")[0]?.headers).toContain("Trace-Id: 7");
    expectToAddUp(client);
  });

  it("ends when as many came as were wanted", async () => {
    await answering(0, 10, 200);
    const client = await openRequester(server);
    await call(client, { gather: { ...rules, forMs: 5000, count: 2 } });
    expect(reason(client)).toBe("2 replies gathered; stopped at the wanted count.");
    expect(took(client)).toBeLessThan(180);
  });

  it("ends when none came for a while", async () => {
    await answering(0, 30, 600);
    const client = await openRequester(server);
    await call(client, { gather: { ...rules, forMs: 5000, gapMs: 150 } });
    expect(reason(client)).toBe("2 replies gathered; stopped after 150 ms without another.");
    expect(took(client)).toBeLessThan(550);
  });

  it("ends when an empty reply says that there are no more, which is no reply itself", async () => {
    await answering(0, 0);
    await openResponder(server, () => "", { name: "last", queue: null, delay: { kind: "fixed", ms: 80 } });
    const client = await openRequester(server);
    await call(client, { gather: { ...rules, forMs: 5000, sentinel: true } });
    expect(reason(client)).toContain("2 replies gathered; stopped at an empty reply");
    expect(client.recorder.of("settled")[0]).toMatchObject({ link: 3 });
  });

  it("has failed without any reply: timed out, or no responders at once", async () => {
    const client = await openRequester(server);
    expect((await call(client, { gather: rules })).outcome).toBe("noResponders");
    const { responder } = await openResponder(server, () => "");
    responder.freeze();
    expect((await call(client, { gather: rules })).outcome).toBe("timedOut");
    const fallback = { format: "text", text: "nobody" } as const;
    expect((await call(client, { gather: rules, fallback })).outcome).toBe("fellBack");
    expectToAddUp(client);
  });

  it("says how many of those that were wanted came", async () => {
    await answering(0);
    const client = await openRequester(server);
    await call(client, { gather: { ...rules, count: 3 } });
    expect(reason(client)).toBe("1 reply of 3 gathered; stopped after 300 ms.");
  });

  it("is refused over the server's limit, cancelled, and ended by the loss of the connection, once each", async () => {
    await answering(0);
    const client = await openRequester(server);
    const under = { policy: { ...PLAIN_POLICY, gather: { ...rules, forMs: 5000 } }, random: seededRandom(1) };
    const request = prepareRequest("user.get", [], 100);
    const large = new Uint8Array(1024 * 1024 + 1);
    expect((await client.requester.call(request, large, under)).outcome).toBe("refused");
    const given = client.requester.call(request, new Uint8Array(0), under);
    await until("a reply came", () => client.recorder.of("arrived").length === 1);
    client.requester.cancel({ kind: "cancelled", by: "person" });
    expect((await given).outcome).toBe("cancelled");
    const lost = client.requester.call(request, new Uint8Array(0), under);
    await until("a reply came", () => client.recorder.of("arrived").length === 2);
    await server.nats.kill();
    expect((await lost).outcome).toBe("connectionLost");
    expect(client.recorder.of("settled").at(-1)).toMatchObject({ link: 1 });
    await server.nats.start();
    await until("it is connected again", () => client.connection.live !== null, 15_000);
    expectToAddUp(client);
    expect((await client.requester.call(request, new Uint8Array(0), under)).outcome).toMatch(
      /replied|noResponders/,
    );
  });
});
