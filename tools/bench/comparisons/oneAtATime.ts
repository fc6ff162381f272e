import { setTimeout } from "node:timers/promises";
import { openBarePage } from "../barePage.ts";
import type { Tab } from "../browser.ts";
import { alternate, type Comparison } from "../comparison.ts";
import type { Finding } from "../finding.ts";
import { nodeLoop } from "../nodeClient.ts";
import { openProductPage } from "../productPage.ts";
import type { Stage } from "../stage.ts";
import { percentile } from "../statistics.ts";

type Side = "drawn" | "still" | "bare" | "dot" | "node";

interface RoundTrip {
  readonly p50Ms: number;
  readonly p99Ms: number;
}

const roundTripOf = (latenciesMs: readonly number[]): RoundTrip => ({
  p50Ms: percentile(latenciesMs, 50),
  p99Ms: percentile(latenciesMs, 99),
});

/** At one request at a time it takes half a minute until compilers have seen enough of the code to be done with it. */
const WARM_UP = { inFlight: 64, seconds: 2 };
/** Between that and what is measured: what the warm-up leaves to be tidied away. */
const REST_MS = 1000;

async function roundTripOnPage(stage: Stage, tab: Tab, seconds: number, drawn: boolean): Promise<RoundTrip> {
  const product = await openProductPage(stage, tab, 1);
  await product.plan({ inFlight: WARM_UP.inFlight }, { seconds: WARM_UP.seconds * 10 });
  await product.warmUp(WARM_UP.seconds);
  await product.plan({ inFlight: 1, drawn }, { seconds });
  await setTimeout(REST_MS);
  await product.startLoad();
  await setTimeout(seconds * 1000);
  const { latencyMs } = await product.loadEnded();
  return { p50Ms: latencyMs?.p50 ?? NaN, p99Ms: latencyMs?.p99 ?? NaN };
}

async function roundTripOfBare(stage: Stage, tab: Tab, seconds: number, dot: boolean): Promise<RoundTrip> {
  const bare = await openBarePage(stage, tab);
  await bare.respond(1);
  await bare.connect();
  await bare.loop(WARM_UP.inFlight, WARM_UP.seconds);
  if (dot) await bare.moveDot();
  await setTimeout(REST_MS);
  return roundTripOf((await bare.loop(1, seconds, true)).latenciesMs);
}

/**
 * What one round trip takes when nothing else is under way. Each side measures its own, on clocks of 5 µs. The page is measured
 * twice: as it is, and standing still, where all is recorded and nothing drawn before the end. So is the bare client: alone, and on a
 * page on which one dot moves, which tells how much of what drawing costs is the machine's share.
 */
export const oneAtATime: Comparison = {
  name: "one-at-a-time",
  what: "the round trip of a lone request, against bare nats.ws and a Node client",
  async measure(run) {
    const { stage, seconds } = run;
    const { drawn, still, bare, dot, node } = await alternate<Side, RoundTrip>(
      run,
      "one at a time",
      {
        drawn: () => stage.withTab((tab) => roundTripOnPage(stage, tab, seconds, true)),
        still: () => stage.withTab((tab) => roundTripOnPage(stage, tab, seconds, false)),
        bare: () => stage.withTab((tab) => roundTripOfBare(stage, tab, seconds, false)),
        dot: () => stage.withTab((tab) => roundTripOfBare(stage, tab, seconds, true)),
        node: async () =>
          roundTripOf(
            (await nodeLoop(stage.tcpUrl, { responders: 1, inFlight: 1, seconds, timed: true })).latenciesMs,
          ),
      },
      ({ p50Ms, p99Ms }) => `${p50Ms.toFixed(3)} ms, p99 ${p99Ms.toFixed(3)} ms`,
    );
    const finding = (
      [how, trips]: readonly [string, readonly RoundTrip[]],
      of: keyof RoundTrip,
      [other, others]: readonly [string, readonly RoundTrip[]],
      most: number | null,
    ): Finding => ({
      what: `one at a time, ${how}${of === "p50Ms" ? "median" : "p99"}`,
      unit: "ms",
      side: { name: "Roundtrip", rounds: trips.map((trip) => trip[of]) },
      against: { name: other, rounds: others.map((trip) => trip[of]) },
      budget: most === null ? null : { of: "ratio", most },
    });
    const bareSide = ["bare nats.ws", bare] as const;
    const nodeSide = ["Node over TCP", node] as const;
    return [
      finding(["", drawn], "p50Ms", bareSide, 1.05),
      finding(["not drawn, ", still], "p50Ms", bareSide, 1.05),
      finding(["not drawn, ", still], "p50Ms", nodeSide, null),
      finding(["", drawn], "p99Ms", bareSide, 1.2),
      finding(["not drawn, ", still], "p99Ms", bareSide, 1.2),
      finding(["not drawn, ", still], "p99Ms", nodeSide, null),
      {
        ...finding(["nothing but nats.ws and one moving dot, ", dot], "p99Ms", bareSide, null),
        side: { name: "bare nats.ws beside a moving dot", rounds: dot.map(({ p99Ms }) => p99Ms) },
      },
    ];
  },
};
