import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Say } from "../progress.ts";
import { WARM_UP_SECONDS } from "./comparison.ts";
import { hotFunctions, type CpuProfile } from "./hotFunctions.ts";
import { withIsolates } from "./isolates.ts";
import { openProductPage, type Load } from "./productPage.ts";
import type { Stage } from "./stage.ts";
import { threadShares } from "./threads.ts";

const INTERVAL_US = 500;
const MOST = 25;

const LOADS: readonly { readonly name: string; readonly responders: number; readonly load: Load }[] = [
  { name: "1000-a-second", responders: 3, load: { perSecond: 1000 } },
  { name: "3x64", responders: 3, load: { inFlight: 64 } },
  { name: "1x64", responders: 1, load: { inFlight: 64 } },
  { name: "one-at-a-time", responders: 1, load: { inFlight: 1 } },
];

/** Profiles the page and each of its workers under load: writes a file for each, and says where most time goes. */
export async function profileLoads(stage: Stage, folder: string, seconds: number, say: Say): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const { name, responders, load } of LOADS) {
    await stage.withTab(async (tab) => {
      const product = await openProductPage(stage, tab, responders);
      await product.plan(load, { seconds });
      await product.warmUp(WARM_UP_SECONDS);
      // Before anything is attached to it: a profiler takes its own share.
      await product.startLoad();
      const shares = await threadShares(() => pause(seconds));
      await product.loadEnded();
      say(`\n${name}: threads, in percent of a processor`);
      for (const { name: thread, share } of shares) say(`  ${share.toFixed(1).padStart(5)} %  ${thread}`);
      await withIsolates(tab, async (isolates) => {
        for (const { session } of isolates) {
          await session.send("Profiler.enable");
          await session.send("Profiler.setSamplingInterval", { interval: INTERVAL_US });
        }
        await product.startLoad();
        for (const { session } of isolates) await session.send("Profiler.start");
        await pause(Math.max(1, seconds - 1));
        for (const isolate of isolates) {
          const { profile } = await isolate.session.send("Profiler.stop");
          const file = join(folder, `${name}-${isolate.name.replace(/\W+/g, "-")}.cpuprofile`);
          await writeFile(file, JSON.stringify(profile));
          say(`\n${file}`);
          // What a profiler answers is a profile.
          for (const { name, self, total } of hotFunctions(profile as CpuProfile, MOST)) {
            say(`  ${self.toFixed(1).padStart(5)} %  ${total.toFixed(1).padStart(5)} %  ${name}`);
          }
        }
      });
      await product.loadEnded();
    });
  }
}

const pause = (seconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, seconds * 1000));
