import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Say } from "../progress.ts";
import { WARM_UP_SECONDS } from "./comparison.ts";
import { hotFunctions, type CpuProfile } from "./hotFunctions.ts";
import { withIsolates } from "./isolates.ts";
import { openProductPage, type Load } from "./productPage.ts";
import type { Stage } from "./stage.ts";

const INTERVAL_US = 500;
const MOST = 25;

const LOADS: readonly { readonly name: string; readonly responders: number; readonly load: Load }[] = [
  { name: "1000-a-second", responders: 3, load: { perSecond: 1000 } },
  { name: "3x64", responders: 3, load: { inFlight: 64 } },
];

/** Profiles the page and each of its workers under load: writes a file for each, and says where most time goes. */
export async function profileLoads(stage: Stage, folder: string, seconds: number, say: Say): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const { name, responders, load } of LOADS) {
    await stage.withTab(async (tab) => {
      const product = await openProductPage(stage, tab, responders);
      await product.runLoad(load, { seconds: WARM_UP_SECONDS });
      await withIsolates(tab, async (isolates) => {
        for (const { session } of isolates) {
          await session.send("Profiler.enable");
          await session.send("Profiler.setSamplingInterval", { interval: INTERVAL_US });
        }
        await product.startLoad(load, { seconds });
        for (const { session } of isolates) await session.send("Profiler.start");
        await new Promise((resolve) => setTimeout(resolve, Math.max(1, seconds - 1) * 1000));
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
