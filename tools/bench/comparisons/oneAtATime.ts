import { openBarePage } from "../barePage.ts";
import { alternate, WARM_UP_SECONDS, type Comparison } from "../comparison.ts";
import type { Budget, Finding } from "../finding.ts";
import { nodeLoop } from "../nodeClient.ts";
import { openProductPage } from "../productPage.ts";
import { percentile } from "../statistics.ts";

interface RoundTrip {
  readonly p50Ms: number;
  readonly p99Ms: number;
}

const roundTripOf = (latenciesMs: readonly number[]): RoundTrip => ({
  p50Ms: percentile(latenciesMs, 50),
  p99Ms: percentile(latenciesMs, 99),
});

/** What one round trip takes when nothing else is under way. Each side measures its own, on clocks of 5 µs. */
export const oneAtATime: Comparison = {
  name: "one-at-a-time",
  what: "the round trip of a lone request, against bare nats.ws and a Node client",
  async measure(run) {
    const { stage, seconds } = run;
    const { product, bare, node } = await alternate<"product" | "bare" | "node", RoundTrip>(
      run,
      "one at a time",
      {
        product: () =>
          stage.withTab(async (tab) => {
            const product = await openProductPage(stage, tab, 1);
            await product.plan({ inFlight: 1 }, { seconds });
            await product.warmUp(WARM_UP_SECONDS);
            await product.startLoad();
            const { latencyMs } = await product.loadEnded();
            return { p50Ms: latencyMs?.p50 ?? NaN, p99Ms: latencyMs?.p99 ?? NaN };
          }),
        bare: () =>
          stage.withTab(async (tab) => {
            const bare = await openBarePage(stage, tab);
            await bare.respond(1);
            await bare.connect();
            await bare.loop(1, WARM_UP_SECONDS);
            return roundTripOf((await bare.loop(1, seconds, true)).latenciesMs);
          }),
        node: async () =>
          roundTripOf(
            (await nodeLoop(stage.tcpUrl, { responders: 1, inFlight: 1, seconds, timed: true })).latenciesMs,
          ),
      },
      ({ p50Ms, p99Ms }) => `${p50Ms.toFixed(3)} ms, p99 ${p99Ms.toFixed(3)} ms`,
    );
    const finding = (what: string, of: keyof RoundTrip, most: number): Finding[] => {
      const rounds = (trips: readonly RoundTrip[]): number[] => trips.map((trip) => trip[of]);
      const side = { name: "Roundtrip", rounds: rounds(product) };
      const budget: Budget = { of: "ratio", most };
      return [
        { what, unit: "ms", side, against: { name: "bare nats.ws", rounds: rounds(bare) }, budget },
        { what, unit: "ms", side, against: { name: "Node over TCP", rounds: rounds(node) }, budget: null },
      ];
    };
    return [
      ...finding("one at a time, median", "p50Ms", 1.05),
      ...finding("one at a time, p99", "p99Ms", 1.2),
    ];
  },
};
