import { openBarePage } from "../barePage.ts";
import { alternate, WARM_UP_SECONDS, type Comparison, type Run } from "../comparison.ts";
import type { Finding } from "../finding.ts";
import { findGoClient, goLoop } from "../goClient.ts";
import { nodeLoop } from "../nodeClient.ts";
import { openProductPage } from "../productPage.ts";

interface Topology {
  readonly responders: number;
  readonly inFlight: number;
  /** Times the rate of the bare client. */
  readonly least: number;
}

const TOPOLOGIES: readonly Topology[] = [
  { responders: 3, inFlight: 64, least: 3 },
  { responders: 1, inFlight: 64, least: 1 },
  { responders: 10, inFlight: 64, least: 1.5 },
  { responders: 3, inFlight: 512, least: 3 },
];

/** How many requests a second go through, when each reply makes room for the next request. */
export const closedLoops: Comparison = {
  name: "closed-loops",
  what: "requests a second with so many in flight, recorded and drawn, against bare nats.ws, a Node client and a Go client",
  async measure(run) {
    const findings: Finding[] = [];
    const go = await findGoClient();
    if (go === null) run.progress("no `nats` command here, and no Go to build it: its rows are left out");
    for (const topology of TOPOLOGIES) findings.push(...(await measureLoop(run, topology, go)));
    return findings;
  },
};

async function measureLoop(
  run: Run,
  { responders, inFlight, least }: Topology,
  go: string | null,
): Promise<Finding[]> {
  const { stage, seconds } = run;
  const what = `closed loop, ${responders} × ${inFlight}`;
  const loop = { responders, inFlight, seconds };
  const sides: Record<string, () => Promise<number>> = {
    product: () =>
      stage.withTab(async (tab) => {
        const product = await openProductPage(stage, tab, responders);
        await product.plan({ inFlight }, { seconds });
        await product.warmUp(WARM_UP_SECONDS);
        return (await product.runLoad()) / seconds;
      }),
    bare: () =>
      stage.withTab(async (tab) => {
        const bare = await openBarePage(stage, tab);
        await bare.respond(responders);
        await bare.connect();
        await bare.loop(inFlight, WARM_UP_SECONDS);
        return (await bare.loop(inFlight, seconds)).replied / seconds;
      }),
    node: async () => (await nodeLoop(stage.tcpUrl, loop)).replied / seconds,
  };
  if (go !== null) sides["go"] = () => goLoop(go, stage.tcpUrl, loop);
  const measured = await alternate(run, what, sides, (rate) => `${Math.round(rate)}/s`);
  const rounds = (name: string): readonly number[] => measured[name] ?? [];
  const side = { name: "Roundtrip", rounds: rounds("product") };
  return [
    {
      what,
      unit: "/s",
      side,
      against: { name: "bare nats.ws", rounds: rounds("bare") },
      budget: { of: "ratio", least },
    },
    { what, unit: "/s", side, against: { name: "Node over TCP", rounds: rounds("node") }, budget: null },
    ...(go === null
      ? []
      : [{ what, unit: "/s", side, against: { name: "Go over TCP", rounds: rounds("go") }, budget: null }]),
  ];
}
