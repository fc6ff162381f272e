import type { Playground } from "../../../e2e/pages/Playground.ts";
import { alternate, WARM_UP_SECONDS, type Comparison, type Run } from "../comparison.ts";
import { buildEmbedded } from "../../embedded/buildEmbedded.ts";
import type { Finding } from "../finding.ts";
import { openProductPage } from "../productPage.ts";

const RESPONDERS = [1, 3, 10];
const IN_FLIGHT = [1, 64, 512];
const EMBEDDED = "?server=in-tab";
const RESPONDERS_LONG = 3;
/** After so many requests its memory is looked at; by the last but one it has what it needs. */
const LOOKS = [20_000, 100_000, 300_000, 1_000_000] as const;

/** The nats-server in the browser beside one in a process of its own, reached over a WebSocket. */
export const embeddedServer: Comparison = {
  name: "embedded-server",
  what: "the server in the browser against the same page on a real one: rates, start-up, size, memory",
  async measure(run) {
    const { version, size, gzip, brotli } = await buildEmbedded(run.progress);
    const findings: Finding[] = [];
    for (const responders of RESPONDERS) findings.push(...(await measureLoops(run, responders)));
    findings.push(await measureStart(run), await measureMemory(run));
    for (const [what, bytes] of [
      ["to run", size],
      ["to fetch, gzip", gzip],
      ["to fetch, brotli", brotli],
    ] as const) {
      const side = { name: "in the browser", rounds: [bytes / 1e6] };
      findings.push({
        what: `nats-server ${version} ${what}`,
        unit: "MB",
        side,
        against: null,
        budget: null,
      });
    }
    return findings;
  },
};

async function measureLoops(run: Run, responders: number): Promise<Finding[]> {
  const { stage, seconds } = run;
  const loops = (address: string): Promise<number[]> =>
    stage.withTab(async (tab) => {
      const product = await openProductPage(stage, tab, responders, address);
      const rates: number[] = [];
      for (const inFlight of IN_FLIGHT) {
        await product.plan({ inFlight }, { seconds });
        await product.warmUp(WARM_UP_SECONDS);
        rates.push((await product.runLoad()) / seconds);
      }
      return rates;
    });
  const { embedded, process } = await alternate(
    run,
    `closed loops, ${responders} responder${responders === 1 ? "" : "s"}`,
    { embedded: () => loops(EMBEDDED), process: () => loops("") },
    (rates) => rates.map((rate) => `${Math.round(rate)}/s`).join(", "),
  );
  return IN_FLIGHT.map((inFlight, index) => ({
    what: `closed loop, ${responders} × ${inFlight}`,
    unit: "/s",
    side: { name: "in the browser", rounds: embedded.map((rates) => rates[index] ?? NaN) },
    against: { name: "over a WebSocket", rounds: process.map((rates) => rates[index] ?? NaN) },
    budget: null,
  }));
}

/** Whether the server's memory grows with what it ever carried. WebAssembly gives none back, so this is the most it ever had. */
async function measureMemory({ stage, progress }: Run): Promise<Finding> {
  return stage.withTab(async (tab) => {
    const product = await openProductPage(stage, tab, RESPONDERS_LONG, EMBEDDED);
    const memoryMb: number[] = [];
    let made = 0;
    for (const requests of LOOKS) {
      await product.plan({ inFlight: 64 }, { requests: requests - made });
      await product.runLoad();
      made = requests;
      const mb = await product.drive(serverMemoryMb);
      memoryMb.push(mb);
      progress(`after ${made} requests: ${mb.toFixed(1)} MB`);
    }
    const [before = NaN, last = NaN] = memoryMb.slice(-2);
    const [settled, all] = LOOKS.slice(-2);
    return {
      what: `nats-server's memory after ${all} requests`,
      unit: "MB",
      side: { name: `after ${all}`, rounds: [last] },
      against: { name: `after ${settled}`, rounds: [before] },
      budget: { of: "ratio", most: 1.1 },
    };
  });
}

const UNITS: Readonly<Record<string, number>> = { KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30 };

/** As its monitoring tells it to a person, who has selected the server. */
async function serverMemoryMb({ diagram, inspector }: Playground): Promise<number> {
  const server = diagram.getByRole("button", { name: /^nats-server in the diagram/ });
  // Selected anew, so that it is asked now.
  if ((await server.getAttribute("aria-pressed")) === "true") await server.click();
  await server.click();
  const words = await inspector
    .getByText("memory", { exact: true })
    .locator("xpath=following-sibling::dd")
    .textContent();
  const [, number = "", unit = ""] = /([\d.]+) (\w+)/.exec(words ?? "") ?? [];
  return (Number(number) * (UNITS[unit] ?? NaN)) / 1e6;
}

/** From the navigation, with an empty cache, to the moment when a request can be sent. */
async function measureStart(run: Run): Promise<Finding> {
  const { stage } = run;
  const start = (address: string): Promise<number> =>
    stage.withTab(async ({ session }) => {
      await session.send("Page.navigate", { url: new URL(address, stage.url).href });
      return await session.evaluate(untilConnected);
    });
  const { embedded, process } = await alternate(
    run,
    "start-up",
    { embedded: () => start(EMBEDDED), process: () => start("") },
    (ms) => `${Math.round(ms)} ms`,
  );
  return {
    what: "opening the page, to ready to send",
    unit: "ms",
    side: { name: "in the browser", rounds: embedded },
    against: { name: "over a WebSocket", rounds: process },
    budget: null,
  };
}

/** Runs in the page. */
function untilConnected(): Promise<number> {
  return new Promise((resolve) => {
    const look = (): void => {
      const connected = document.querySelectorAll('[role=group] [data-state="connected"]');
      if (connected.length >= 2) resolve(performance.now());
      else requestAnimationFrame(look);
    };
    look();
  });
}
